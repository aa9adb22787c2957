/**
 * Asks whether the page of a link is there. Links come from strangers, so that only hosts of the public network are
 * asked, each slowly, in a bounded time, and nothing of what they send is read.
 */
import { lookup as lookUp } from 'node:dns'
import { request as requestPlain, type ClientRequest, type IncomingMessage } from 'node:http'
import { request as requestSecure } from 'node:https'
import { BlockList, isIP, isIPv6, type LookupFunction } from 'node:net'
import type { LinkAnswer } from '#domain/link-ledger.ts'

export interface LinkCheckSettings {
  /** Who asks, for the owners of hosts. */
  userAgent: string
  timeoutMilliseconds: number
  /** Whether this machine and its own network may be asked. */
  mayAskPrivate: boolean
}

const maximumRedirects = 5

/** Never throws. */
export async function askForPage(link: string, settings: LinkCheckSettings): Promise<LinkAnswer> {
  const first = await follow(link, 'HEAD', settings)
  // Many hosts answer HEAD with what they do not mean.
  return first.kind === 'there' ? first : follow(link, 'GET', settings)
}

async function follow(link: string, method: 'HEAD' | 'GET', settings: LinkCheckSettings): Promise<LinkAnswer> {
  let url = link
  for (let passedOn = 0; passedOn <= maximumRedirects; passedOn += 1) {
    const answer = await ask(url, method, settings)
    if (!('status' in answer)) return answer
    const { status, location } = answer
    if (status >= 300 && status < 400 && location !== undefined) {
      const next = URL.parse(location, url)
      if (next?.protocol !== 'http:' && next?.protocol !== 'https:') return { kind: 'unsure', why: String(status) }
      url = next.href
      continue
    }
    if (status >= 200 && status < 400) return { kind: 'there' }
    return { kind: status === 404 || status === 410 ? 'gone' : 'unsure', why: String(status) }
  }
  return { kind: 'unsure', why: 'passed on too often' }
}

interface Status {
  status: number
  location: string | undefined
}

function ask(link: string, method: 'HEAD' | 'GET', settings: LinkCheckSettings): Promise<Status | LinkAnswer> {
  const { userAgent, timeoutMilliseconds, mayAskPrivate } = settings
  return new Promise((done) => {
    const url = URL.parse(link)
    if (!url) {
      done({ kind: 'unsure', why: 'no address' })
      return
    }
    const host = url.hostname.replace(/^\[|\]$/g, '')
    if (!mayAskPrivate && isIP(host) !== 0 && isPrivate(host)) {
      done({ kind: 'unsure', why: 'a private address' })
      return
    }
    let asked: ClientRequest | undefined
    const end = (answer: Status | LinkAnswer) => {
      clearTimeout(timer)
      asked?.destroy()
      done(answer)
    }
    // A host that sends a byte a minute is never idle.
    const timer = setTimeout(() => {
      end({ kind: 'unsure', why: 'no answer in time' })
    }, timeoutMilliseconds)
    try {
      asked = (url.protocol === 'https:' ? requestSecure : requestPlain)(
        url,
        {
          method,
          agent: false,
          headers: { 'user-agent': userAgent, accept: '*/*' },
          ...(!mayAskPrivate && { lookup: publicLookup }),
        },
        ({ statusCode = 0, headers }: IncomingMessage) => {
          end({ status: statusCode, location: headers.location })
        },
      )
    } catch {
      end({ kind: 'unsure', why: 'no address' })
      return
    }
    asked.on('error', (error: NodeJS.ErrnoException) => {
      end(answerTo(error.code))
    })
    asked.end()
  })
}

function answerTo(code: string | undefined): LinkAnswer {
  switch (code) {
    case 'ENOTFOUND':
      return { kind: 'gone', why: 'no such host' }
    case 'ECONNREFUSED':
      return { kind: 'gone', why: 'connection refused' }
    case privateCode:
      return { kind: 'unsure', why: 'a private address' }
    default:
      return { kind: 'unsure', why: code ?? 'no answer' }
  }
}

const privateCode = 'EPRIVATE'

/** Looks a name up, and refuses it where it leads into this machine's own network. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookUp(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) {
      callback(error, '', 0)
      return
    }
    const [first] = addresses
    if (!first || addresses.some(({ address }) => isPrivate(address))) {
      callback(Object.assign(new Error('a private address'), { code: privateCode }), '', 0)
      return
    }
    if (options.all) callback(null, addresses)
    else callback(null, first.address, first.family)
  })
}

/** Networks that no public host is in: https://www.iana.org/assignments/iana-ipv4-special-registry */
const privateNetworks = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  privateNetworks.addSubnet(network, prefix, 'ipv4')
}
for (const [network, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  privateNetworks.addSubnet(network, prefix, 'ipv6')
}

/** @param address  an address of IPv4 or IPv6 */
export function isPrivate(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return isPrivate(mapped)
  return privateNetworks.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}
