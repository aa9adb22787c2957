/** The packages that a shell line installs with apt or apk, as far as they are written out. */

export interface InstalledPackage {
  manager: 'apt' | 'apk'
  name: string
  version?: string
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

export function installedPackages(shell: string): InstalledPackage[] {
  const found: InstalledPackage[] = []
  for (const command of shell.split(/&&|\|\||[;|\n]/)) {
    const words = command.trim().split(/\s+/)
    const at = words.findIndex((word) => /^(?:apt|apt-get|apk)$/.test(word))
    if (at < 0) continue
    const manager = words[at] === 'apk' ? 'apk' : 'apt'
    const rest = words.slice(at + 1)
    const verb = rest.findIndex((word) => word === (manager === 'apk' ? 'add' : 'install'))
    // Only options may stand before it.
    if (verb < 0 || rest.slice(0, verb).some((word) => !word.startsWith('-') && !withValue.has(word))) continue
    found.push(...namesIn(rest.slice(verb + 1), manager))
  }
  return found
}

function namesIn(words: readonly string[], manager: 'apt' | 'apk'): InstalledPackage[] {
  const found: InstalledPackage[] = []
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? ''
    if (withValue.has(word) && !(manager === 'apk' && word === '-t')) index += 1
    // `apk add -t .build-deps gcc` names a group of its own.
    else if (manager === 'apk' && (word === '-t' || word === '--virtual')) index += 1
    else {
      const [, name, version] =
        /^([a-z0-9][a-z0-9+.-]+)(?::[a-z0-9]+)?(?:[=~<>]+([\w.+:~-]+))?(?:\/[\w-]+)?$/.exec(word) ?? []
      if (name !== undefined) found.push({ manager, name, ...(version === undefined ? {} : { version }) })
    }
  }
  return found
}
