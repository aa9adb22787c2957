/** The packages that a shell line installs with apt or apk, as far as they are written out, and what else it installs. */
import { maximumNameLength } from './document.ts'

export interface InstalledPackage {
  manager: 'apt' | 'apk'
  name: string
  version?: string
}

export interface Installed {
  packages: InstalledPackage[]
  /** Commands that install or fetch something else, or name in another way what they install. */
  unread: string[]
}

/** Options of which the next word is a part. */
const withValue = new Set([
  '-t',
  '--target-release',
  '-o',
  '--option',
  '-c',
  '--config-file',
  '-X',
  '--repository',
  '-p',
  '--root',
])

export function installedBy(shell: string): Installed {
  const found: Installed = { packages: [], unread: [] }
  for (const { command, asTyped } of commandsOf(shell)) {
    const words = wordsOf(command)
    const at = words.findIndex((word) => /^(?:apt|apt-get|apk)$/.test(programOf(word)))
    if (at < 0) {
      if (installsOtherwise(words)) found.unread.push(asTyped)
      continue
    }
    const manager = programOf(words[at] ?? '') === 'apk' ? 'apk' : 'apt'
    const rest = words.slice(at + 1)
    // Only options may stand before it.
    const verb = rest.findIndex((word, index) => !word.startsWith('-') && !withValue.has(rest[index - 1] ?? ''))
    if (rest[verb] === 'build-dep') found.unread.push(asTyped)
    if (rest[verb] !== (manager === 'apk' ? 'add' : 'install')) continue
    const { packages, areAll } = namesIn(rest.slice(verb + 1), manager)
    found.packages.push(...packages)
    if (!areAll) found.unread.push(asTyped)
  }
  return found
}

function namesIn(words: readonly string[], manager: 'apt' | 'apk'): { packages: InstalledPackage[]; areAll: boolean } {
  const packages: InstalledPackage[] = []
  let areAll = true
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? ''
    if (withValue.has(word) && !(manager === 'apk' && word === '-t')) index += 1
    // `apk add -t .build-deps gcc` names a group of its own.
    else if (manager === 'apk' && (word === '-t' || word === '--virtual')) index += 1
    else if (!word.startsWith('-')) {
      // Of `nginx=$VERSION` and `nginx=1.*` the name is known.
      const [, name, version] =
        /^([a-z0-9][a-z0-9+._-]+)(?::[a-z0-9]+)?(?:[=~<>]+(?:([\w.+:~-]+)|\S*))?(?:[/@][\w-]+)?$/.exec(word) ?? []
      if (name === undefined) areAll = false
      else packages.push({ manager, name, ...(version === undefined ? {} : { version }) })
    }
  }
  // `xargs apt-get install` has the names from elsewhere.
  return { packages, areAll: areAll && packages.length > 0 }
}

/** Programs that install packages which are not read, by one of the words below. */
const otherManagers =
  /^(?:pip[\d.]*|pipx|pipenv|uv|poetry|pdm|conda|mamba|micromamba|npm|pnpm|yarn|bun|gem|bundle|cargo|go|composer|pecl|dotnet|aptitude|dpkg|rpm|dnf|yum|microdnf|tdnf|zypper|pacman|opkg|brew|snap|luarocks|nix-env)$/
const otherVerbs =
  /^(?:install|localinstall|groupinstall|in|i|ci|add|get|sync|download|restore|require|create|--install|-i\w*|-U\w*|-S\w*)$/

function installsOtherwise(words: readonly string[]): boolean {
  const programs = words.map(programOf)
  const manager = programs.findIndex((program) => otherManagers.test(program))
  if (manager >= 0) {
    const rest = words.slice(manager + 1)
    const verb = rest.findIndex((word) => otherVerbs.test(word))
    // `npm run install` is a script of its own, and `yarn` alone installs.
    if (verb >= 0) return !rest.slice(0, verb).includes('run')
    return manager === 0 && programs[0] === 'yarn' && rest.every((word) => word.startsWith('-'))
  }
  const fetching = programs.findIndex((program) => /^(?:curl|wget)$/.test(program))
  if (fetching >= 0) return words.slice(fetching + 1).some((word) => /:\/\/|\$/.test(word))
  return programs.some((program, index) => program === 'git' && words[index + 1] === 'clone')
}

/** A command's words, without quotation marks, brackets around them, comments, and what sends its output elsewhere. */
function wordsOf(command: string): string[] {
  const words = command
    .replace(/(^|\s)#.*$/s, '$1')
    .split(/\s+/)
    .map((word) => (word.length > maximumNameLength ? '$' : word.replace(/^["'({]+/, '').replace(/["')}]+$/, '')))
    .filter((word) => word !== '' && word !== '&' && word !== '\\')
  return words.filter((word, index) => !/^\d*[<>&]/.test(word) && !/^(?:\d*|&)(?:>>?|<)$/.test(words[index - 1] ?? ''))
}

function programOf(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1)
}

/** `command` has dollar signs for what the shell puts there: the words of `$(…)` are not those of the command around it. */
function* commandsOf(shell: string): Generator<{ command: string; asTyped: string }> {
  const mask = (text: string) => '$'.repeat(text.length)
  let masked = shell.replace(/`[^`]*`/g, mask)
  // From the inside out; nobody nests deeper.
  for (let level = 0; level < 4 && masked.includes('$('); level += 1) masked = masked.replace(/\$\([^()]*\)/g, mask)
  let start = 0
  for (const command of masked.replace(/&&|\|\|/g, ';;').split(/[;|\n]/)) {
    yield {
      command,
      asTyped: shell
        .slice(start, start + command.length)
        .trim()
        .replace(/\s+/g, ' '),
    }
    start += command.length + 1
  }
}
