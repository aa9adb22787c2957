/**
 * apt in a folder of its own: it knows mirrors, signatures, proxies and formats. The machine's apt
 * neither sees nor learns anything of it, and nothing is installed.
 */
import { execFile } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type Environment = Readonly<Record<string, string | undefined>>

/** There is no apt on this machine, or it does not answer. */
export class NoApt extends Error {}

const debianKeyring = '/usr/share/keyrings/debian-archive-keyring.gpg'
const debianMirror = 'http://deb.debian.org/debian'

/** Where this machine gets Debian from, else where everybody does. */
export async function mirrorOfMachine(environment: Environment): Promise<string> {
  const { text } = await runApt('apt-get', ['indextargets', '--no-release-info', '--format', '$(REPO_URI)'], {
    environment,
  })
  // The archive of security updates, `/debian-security/`, has no suites of its own.
  return text.split('\n').find((line) => isMirror(line) && /\/debian\/?$/.test(line)) ?? debianMirror
}

/** Whether an address can stand in apt's sources: in one word, and fetched by what apt brings itself. */
export function isMirror(address: string): boolean {
  return /^(https?|file):\/\/[^\s[\]"'#\\]{1,500}$/.test(address) && URL.canParse(address)
}

/** A suite in an archive. */
export interface Archive {
  mirror: string
  suite: string
  component: string
}

/** A line of apt's sources. */
export function sourceLine(kind: 'deb' | 'deb-src', { mirror, suite, component }: Archive, ports?: readonly string[]) {
  const options = [
    ...(ports ? [`arch=${ports.join(',')}`] : []),
    // One option at least: brackets with nothing in them are a mistake to apt.
    existsSync(debianKeyring) ? `signed-by=${debianKeyring}` : 'check-valid-until=yes',
  ]
  return `${kind} [${options.join(' ')}] ${mirror} ${suite} ${component}\n`
}

/** Makes the folder of an apt that knows these sources alone. */
export async function makeAptRoot(root: string, sources: readonly string[], environment: Environment): Promise<void> {
  // apt fetches as a user of its own where root calls it.
  chmodSync(root, 0o755)
  for (const folder of ['lists/partial', 'cache/archives/partial', 'conf.d']) {
    mkdirSync(join(root, folder), { recursive: true })
  }
  writeFileSync(join(root, 'sources.list'), sources.join(''))
  const settings: [string, string][] = [
    ['Dir::State', root],
    ['Dir::State::lists', join(root, 'lists')],
    ['Dir::State::status', '/dev/null'],
    ['Dir::Cache', join(root, 'cache')],
    ['Dir::Etc::sourcelist', join(root, 'sources.list')],
    ['Dir::Etc::sourceparts', '/dev/null'],
    ['Dir::Etc::main', '/dev/null'],
    // The machine's own settings may hold hooks that run after every update.
    ['Dir::Etc::parts', join(root, 'conf.d')],
    ['Acquire::Languages', 'none'],
    ['Acquire::GzipIndexes', 'false'],
    ['Acquire::AllowInsecureRepositories', 'false'],
    ['Acquire::AllowWeakRepositories', 'false'],
    ['APT::Update::Error-Mode', 'any'],
  ]
  const lines = settings.map(([key, value]) => `${key} "${value}";\n`).join('')
  // A proxy may come with a password.
  writeFileSync(join(root, 'apt.conf'), `${await networkOfMachine(environment)}${lines}`, { mode: 0o600 })
}

/** How this machine reaches the network: its proxies and time-outs. */
async function networkOfMachine(environment: Environment): Promise<string> {
  const sections = ['Acquire::http', 'Acquire::https', 'Acquire::Retries', 'Acquire::ForceIPv4', 'Acquire::ForceIPv6']
  const { text } = await runApt('apt-config', ['dump', '--format', '%F "%v";%n', ...sections], { environment })
  const isOfNetwork = (line: string) => /^Acquire::[A-Za-z0-9:./_-]+ "[^"\\]*";$/.test(line)
  return text
    .split('\n')
    .filter((line) => isOfNetwork(line) && sections.some((section) => line.startsWith(section)))
    .map((line) => `${line}\n`)
    .join('')
}

export interface AptRun {
  code: number
  text: string
  errors: string[]
}

/** What apt was not content with: its errors, and its warnings where it failed. */
export function complaintsOf({ code, errors }: AptRun): string[] {
  const said = errors.filter((line) => /^[EW]: /.test(line))
  return code === 0 || said.length > 0
    ? said.filter((line) => code !== 0 || line.startsWith('E: '))
    : [`exit code ${code}`]
}

interface AptOptions {
  environment: Environment
  /** Folder of its own; without one it is the machine's apt. */
  root?: string
  /** Where it works. */
  folder?: string
  signal?: AbortSignal
}

/**
 * Runs a program of apt.
 * @throws NoApt
 */
export function runApt(
  program: string,
  args: readonly string[],
  { environment, root, folder, signal }: AptOptions,
): Promise<AptRun> {
  const configuration = root === undefined ? {} : { APT_CONFIG: join(root, 'apt.conf') }
  const env = { ...environment, LC_ALL: 'C', ...configuration }
  const options = {
    env,
    maxBuffer: 64 * 1024 * 1024,
    ...(folder ? { cwd: folder } : {}),
    ...(signal ? { signal } : {}),
  }
  return new Promise((resolve, reject) => {
    execFile(program, [...args], options, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') {
        reject(new NoApt(`\`${program}\` could not be run: ${error.message.split('\n')[0] ?? ''}.`))
        return
      }
      // A failed command carries its exit code here, and Node.js its own words otherwise.
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, text: stdout, errors: stderr.split('\n') })
    })
  })
}
