/** Mail relays on this machine: a real one, and one that does whatever a test wants. Both end with the test. */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { onTestFinished } from 'vitest'

export interface Taken {
  from: string
  to: string[]
  message: string
  user: string | undefined
  isEncrypted: boolean
}

export interface Relay {
  port: number
  taken: Taken[]
}

/** A relay that takes what it is given, unless its options say otherwise. */
export async function startRelay(options: SMTPServerOptions = {}): Promise<Relay> {
  const taken: Taken[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    logger: false,
    onData: (stream, { envelope, user, secure }, done) => {
      buffer(stream).then(
        (message) => {
          const { mailFrom, rcptTo } = envelope
          taken.push({
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo.map(({ address }) => address),
            message: message.toString('latin1'),
            user: user === undefined ? undefined : String(user),
            isEncrypted: secure,
          })
          done(null, 'queued as 4711')
        },
        (error: unknown) => {
          done(error instanceof Error ? error : new Error(String(error)))
        },
      )
    },
    ...options,
  })
  server.on('error', () => undefined)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => new Promise<void>((closed) => server.close(closed)))
  return { port: portOf(server.server), taken }
}

/**
 * A relay that answers each command by what is written for its beginning: a line, several, or undefined for silence.
 * `mail` is the answer to the whole mail, `greeting` the first line.
 */
export async function startScriptedRelay(
  script: Record<string, string | undefined>,
  onSocket: (socket: Socket) => void = () => undefined,
): Promise<{ port: number; heard: string[] }> {
  const heard: string[] = []
  const usual: Record<string, string | undefined> = {
    greeting: '220 relay',
    EHLO: '250-relay\r\n250-AUTH PLAIN\r\n250 SIZE 1000000',
    STARTTLS: '502 unknown',
    AUTH: '235 welcome',
    MAIL: '250 ok',
    RCPT: '250 ok',
    DATA: '354 go on',
    mail: '250 taken',
    QUIT: '221 bye',
    ...script,
  }
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    onSocket(socket)
    const say = (what: string) => {
      const answer = usual[what]
      if (answer === 'close') socket.destroy()
      else if (answer !== undefined) socket.write(`${answer}\r\n`)
    }
    let isData = false
    let rest = ''
    socket.on('data', (chunk) => {
      rest += chunk.toString('latin1')
      for (let end = rest.indexOf('\r\n'); end !== -1; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end)
        rest = rest.slice(end + 2)
        heard.push(line)
        if (isData) {
          if (line === '.') say('mail')
          isData = line !== '.'
        } else {
          const command = line.split(' ')[0]?.toUpperCase() ?? ''
          isData = command === 'DATA' && usual.DATA?.startsWith('354') === true
          say(command)
        }
      }
    })
    say('greeting')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { port: portOf(server), heard }
}

/** A port on which nobody listens. */
export async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const port = portOf(server)
  await new Promise<void>((closed) => server.close(() => closed()))
  return port
}

function portOf(server: Pick<Server, 'address'>): number {
  // A server that listens on a port tells its address as an object.
  return (server.address() as AddressInfo).port
}
