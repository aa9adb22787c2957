/**
 * Debian's indexes through apt itself: it knows mirrors, signatures, proxies and formats. It works in
 * a folder of its own, so that the machine's apt neither sees nor learns anything of it, and nothing
 * is installed.
 */
import { execFile } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { component, packageIndex, sourceIndex, type FetchedSuite } from './probe-debian.ts'

export interface WantedSuite {
  suite: string
  ports: readonly string[]
  /** Address of the archive; where it is missing, the machine's own sources name one. */
  mirror?: string | undefined
}

type Environment = Readonly<Record<string, string | undefined>>

/** There is no apt on this machine, or it does not answer. */
export class NoApt extends Error {}

/**
 * Brings the indexes of a suite and hands them to `work`; afterwards they are gone, also where the
 * process is interrupted.
 * @throws NoApt
 */
export async function withSuite<T>(
  wanted: WantedSuite,
  environment: Environment,
  work: (fetched: FetchedSuite) => T,
): Promise<T> {
  const root = mkdtempSync(join(tmpdir(), 'works-on-arm-apt-'))
  const stop = new AbortController()
  const interrupted = (signal: NodeJS.Signals) => {
    stop.abort()
    rmSync(root, { recursive: true, force: true })
    process.removeListener(signal, interrupted)
    process.kill(process.pid, signal)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.once(signal, interrupted)
  try {
    const apt = (program: string, ...args: string[]) => runApt(program, args, root, environment, stop.signal)
    const mirror = wanted.mirror ?? (await mirrorOfMachine(environment))
    await makeRoot(root, { ...wanted, mirror }, environment)
    // apt would go on to index all packages of all ports, to install some.
    const updated = await apt('apt-get', 'update', '-q', '-o', 'pkgCacheFile::Generate=false')
    const targets = await apt('apt-get', 'indextargets', '--no-release-info', '--format', '$(FILENAME)|$(METAKEY)')
    return work(fetchedSuite(root, wanted, updated, targets))
  } finally {
    for (const signal of signals) process.removeListener(signal, interrupted)
    rmSync(root, { recursive: true, force: true })
  }
}

const debianKeyring = '/usr/share/keyrings/debian-archive-keyring.gpg'
const debianMirror = 'http://deb.debian.org/debian'

/** Where this machine gets Debian from, else where everybody does. */
async function mirrorOfMachine(environment: Environment): Promise<string> {
  const { text } = await runApt(
    'apt-get',
    ['indextargets', '--no-release-info', '--format', '$(REPO_URI)'],
    undefined,
    environment,
  )
  // The archive of security updates, `/debian-security/`, has no suites of its own.
  return text.split('\n').find((line) => isMirror(line) && /\/debian\/?$/.test(line)) ?? debianMirror
}

/** Whether an address can stand in apt's sources: in one word, and fetched by what apt brings itself. */
export function isMirror(address: string): boolean {
  return /^(https?|file):\/\/[^\s[\]"'#\\]{1,500}$/.test(address) && URL.canParse(address)
}

async function makeRoot(root: string, { suite, ports, mirror }: Required<WantedSuite>, environment: Environment) {
  // apt fetches as a user of its own where root calls it.
  chmodSync(root, 0o755)
  for (const folder of ['lists/partial', 'cache/archives/partial', 'conf.d']) {
    mkdirSync(join(root, folder), { recursive: true })
  }
  const keyring = existsSync(debianKeyring) ? ` signed-by=${debianKeyring}` : ''
  const source = (kind: string, options: string) => `${kind} [${options.trim()}] ${mirror} ${suite} ${component}\n`
  writeFileSync(
    join(root, 'sources.list'),
    `${source('deb', `arch=${ports.join(',')}${keyring}`)}${source('deb-src', keyring || 'check-valid-until=yes')}`,
  )
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
  const { text } = await runApt('apt-config', ['dump', '--format', '%F "%v";%n', ...sections], undefined, environment)
  const isOfNetwork = (line: string) => /^Acquire::[A-Za-z0-9:./_-]+ "[^"\\]*";$/.test(line)
  return text
    .split('\n')
    .filter((line) => isOfNetwork(line) && sections.some((section) => line.startsWith(section)))
    .map((line) => `${line}\n`)
    .join('')
}

interface Ran {
  code: number
  text: string
  errors: string[]
}

function fetchedSuite(root: string, { suite, ports }: WantedSuite, updated: Ran, targets: Ran): FetchedSuite {
  const lists = join(root, 'lists')
  const fileOf = new Map<string, string>()
  for (const line of targets.text.split('\n')) {
    const [file = '', path = ''] = line.split('|')
    if (file.startsWith(`${lists}/`)) fileOf.set(path, file)
  }
  const isOurs = new Set([sourceIndex, ...ports.map(packageIndex)])
  const releaseFile = readdirSync(lists).find((name) =>
    [`_dists_${suite}_InRelease`, `_dists_${suite}_Release`].some((end) => name.endsWith(end)),
  )
  return {
    // apt leaves none here whose signature it does not trust.
    release: releaseFile === undefined ? undefined : readFileSync(join(lists, releaseFile), 'utf8'),
    read: (path) => {
      const file = isOurs.has(path) ? fileOf.get(path) : undefined
      return file !== undefined && existsSync(file) ? readFileSync(file) : undefined
    },
    complaints: complaintsOf(updated),
  }
}

function complaintsOf({ code, errors }: Ran): string[] {
  const said = errors.filter((line) => /^[EW]: /.test(line))
  return code === 0 || said.length > 0
    ? said.filter((line) => code !== 0 || line.startsWith('E: '))
    : [`exit code ${code}`]
}

/** Runs a program of apt, in its own root where there is one. */
function runApt(
  program: string,
  args: readonly string[],
  root: string | undefined,
  environment: Environment,
  signal?: AbortSignal,
): Promise<Ran> {
  const configuration = root === undefined ? {} : { APT_CONFIG: join(root, 'apt.conf') }
  const env = { ...environment, LC_ALL: 'C', ...configuration }
  return new Promise((resolve, reject) => {
    execFile(
      program,
      [...args],
      { env, maxBuffer: 64 * 1024 * 1024, ...(signal ? { signal } : {}) },
      (error, stdout, stderr) => {
        if (error && typeof error.code !== 'number') {
          reject(new NoApt(`\`${program}\` could not be run: ${error.message.split('\n')[0] ?? ''}.`))
          return
        }
        // A failed command carries its exit code here, and Node.js its own words otherwise.
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, text: stdout, errors: stderr.split('\n') })
      },
    )
  })
}
