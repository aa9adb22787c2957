/** What can be wrong with a file, in words for the person who chose it. Codes: docs/problems.md. */
import type { Problem } from '#domain/problem.ts'
import { baseName } from './document.ts'

/** Files that say which packages are wanted, in lower case → those beside them that say which ones were chosen. */
const chosenIn: ReadonlyMap<string, string> = new Map([
  ['package.json', '`package-lock.json`, `pnpm-lock.yaml` or `yarn.lock`'],
  ['pyproject.toml', '`uv.lock` or `poetry.lock`, or the output of `pip freeze` as `requirements.txt`'],
  ['setup.py', 'the output of `pip freeze` as `requirements.txt`'],
  ['setup.cfg', 'the output of `pip freeze` as `requirements.txt`'],
  ['pipfile', '`Pipfile.lock`'],
  ['cargo.toml', '`Cargo.lock`'],
  ...['composer.json', 'gemfile', 'pom.xml', 'build.gradle', 'build.gradle.kts'].map(
    (name) => [name, 'an SBOM of what is built, such as `bom.json`'] as const,
  ),
])

/**
 * @param looksLike what a fix can say more of
 * @param kind      what such files are called, in lower case
 */
export function unrecognisedStack(
  file: string,
  known: readonly string[],
  looksLike: 'nothing' | 'list of names' | 'something else',
  kind = baseName(file),
): Problem {
  const isEmpty = looksLike === 'nothing'
  const chosen = isEmpty ? undefined : chosenIn.get(kind)
  if (chosen !== undefined) {
    return {
      code: 'unrecognised-stack',
      severity: 'error',
      place: { file, line: 1, column: 1 },
      reason: `Unexpected ${kind === baseName(file) ? '' : `${kind} in `}\`${shown(file)}\`, expected ${chosen}: this file says what is wanted, and not what was chosen.`,
      expected: chosen.replaceAll('`', ''),
      actual: file,
      fix: `choose ${chosen}`,
    }
  }
  const found = isEmpty ? `\`${shown(file)}\` is empty` : `Unexpected content of \`${shown(file)}\``
  return {
    code: 'unrecognised-stack',
    severity: 'error',
    place: { file, line: 1, column: 1 },
    reason: `${found}, expected an SBOM, a lockfile, requirements, a Dockerfile, a Compose file or the output of dpkg.`,
    expected: known.join(', '),
    actual: isEmpty ? 'an empty file' : file,
    fix:
      looksLike === 'list of names'
        ? 'save it as `requirements.txt` and choose that file if the names are of Python packages; of Debian packages, choose the output of `dpkg -l`'
        : 'choose the file that the package manager or the SBOM tool wrote, under the name that it gave it, such as `package-lock.json`, `poetry.lock`, `requirements.txt`, `bom.json` or `Dockerfile`',
  }
}

export function stackNotText(file: string): Problem {
  return {
    code: 'stack-not-text',
    severity: 'error',
    place: { file, line: 1, column: 1 },
    reason: `Unexpected bytes in \`${shown(file)}\`, expected text in UTF-8: no lockfile or SBOM is a binary file.`,
    expected: 'text in UTF-8',
    actual: 'bytes that are no text',
    fix: 'unpack it if it is an archive, and choose the file inside',
  }
}

export function stackTooLarge(file: string, bytes: number, maximumBytes: number): Problem {
  const size = (count: number) => `${Math.ceil(count / 1024 / 102.4) / 10} MiB`
  return {
    code: 'stack-too-large',
    severity: 'error',
    place: { file, line: 1, column: 1 },
    reason: `Unexpected size of \`${shown(file)}\`, ${size(bytes)}; expected at most ${size(maximumBytes)}.`,
    expected: `at most ${size(maximumBytes)}`,
    actual: size(bytes),
    fix: 'let the SBOM tool leave out the single files, or check the parts one at a time',
  }
}

export function stackUnavailable(file: string): Problem {
  return {
    code: 'stack-unavailable',
    severity: 'error',
    place: { file, line: 1, column: 1 },
    reason: `The browser could not read \`${shown(file)}\`, expected a file: it is a folder, or it was changed or removed since it was chosen.`,
    expected: 'a file that can be read',
    actual: 'none',
    fix: 'choose the file again, or the files inside of the folder',
  }
}

export function stackTooDeep(file: string, line: number, levels: number): Problem {
  return {
    code: 'stack-too-deep',
    severity: 'error',
    place: { file, line, column: 1 },
    reason: `Unexpected nesting in \`${shown(file)}\`, expected at most ${levels} levels of lists and objects.`,
    expected: `at most ${levels} levels`,
    actual: `more than ${levels} levels`,
    fix: 'choose the file as its tool wrote it; no tool nests that deep',
  }
}

export function unreadableStack(file: string, format: string, line: number, column: number, said: string): Problem {
  return {
    code: 'unreadable-stack',
    severity: 'error',
    place: { file, line: Math.max(line, 1), column: Math.max(column, 1) },
    reason: `Unexpected text in \`${shown(file)}\`, expected ${format}: ${shown(said, 200)}`.replace(/[.\s]*$/, '.'),
    expected: format,
    actual: shown(said, 200),
    fix: 'choose the file as its tool wrote it, whole; a merge conflict or a cut-off download reads like this',
  }
}

export interface Malformed {
  /** Where in the structure of the file: `packages`. */
  at: string
  line: number
  expected: string
  /** What stands there; `nothing` where nothing does. */
  actual: string
}

export function malformedStack(file: string, format: string, { at, line, expected, actual }: Malformed): Problem {
  const found = actual === 'nothing' ? 'Nothing' : `Unexpected ${actual}`
  const where = at === '' ? 'in place of' : `at \`${shown(at)}\` of`
  return {
    code: 'malformed-stack',
    severity: 'error',
    place: { file, line, column: 1 },
    reason: `${found} ${where} \`${shown(file)}\`, read as ${format}; expected ${expected}.`,
    expected,
    actual,
    fix: 'let the tool that wrote the file write it again, and choose it whole',
  }
}

export interface BadComponents {
  line: number
  /** What stands for a component: `name`, `package URL`, `number in \`packages\``. */
  what: string
  /** The first one, as text; missing where `what` says it all. */
  actual?: string
  /** How many more are like it. */
  more: number
  /** Whether nothing else is in the file. */
  isAll: boolean
}

export function badComponent(file: string, { line, what, actual, more, isAll }: BadComponents): Problem {
  const others = more === 0 ? '' : ` ${more} more in this file ${more === 1 ? 'is' : 'are'} like this.`
  const found =
    actual === undefined
      ? `Unexpected ${what}, expected a package`
      : `Unexpected ${what} \`${shown(actual)}\`, expected one that identifies a package`
  return {
    code: 'bad-component',
    severity: isAll ? 'error' : 'warning',
    place: { file, line, column: 1 },
    reason: `${found}; ${isAll ? 'nothing in the file is one' : 'it is left out'}.${others}`,
    expected: 'a name or a package URL that identifies a package',
    actual: shown(actual ?? what.replaceAll('`', '')),
    fix: isAll
      ? 'let the tool that wrote the file write it again, and choose it whole'
      : 'nothing, if you do not need it; otherwise tell the tool that wrote the file',
  }
}

/** Lines that are told by their number. */
const maximumLines = 40

/** @param lines in the order of the file, each with the first command of it that is not read */
export function unreadInstallation(file: string, lines: readonly [line: number, command: string][]): Problem[] {
  const [first, ...others] = lines
  if (!first) return []
  const [line, command] = first
  const numbers = others.slice(0, maximumLines).map(([other]) => String(other))
  const more = others.length - numbers.length
  const last = more > 0 ? `${more} more` : numbers.pop()
  const so =
    last === undefined
      ? ''
      : numbers.length === 0
        ? ` So it is in line ${last}.`
        : ` So it is in lines ${numbers.join(', ')} and ${last}.`
  return [
    {
      code: 'unread-installation',
      severity: 'warning',
      place: { file, line, column: 1 },
      reason: `Unexpected way to install, \`${shown(command)}\`, expected names of packages behind \`apt install\` or \`apk add\`; anything else is left out.${so}`,
      expected: 'names of packages behind `apt install` or `apk add`',
      actual: shown(command),
      fix: 'check the lockfiles or requirements that are installed there too, or an SBOM of the image, which names everything',
    },
  ]
}

/** @param more how many others there are whose source is not told */
export function sourceUntold(file: string, line: number, name: string, more: number): Problem {
  const others = more === 0 ? '' : ` and ${more.toLocaleString('en')} more`
  return {
    code: 'source-untold',
    severity: 'warning',
    place: { file, line, column: 1 },
    reason: `Missing source package of \`${shown(name)}\`${others}, expected it beside the name: a project that is known by its source is not found, and counts as unknown.`,
    expected: 'the source package, as `dpkg-query` tells it',
    actual: shown(name),
    fix: "check `/var/lib/dpkg/status` of the system or the image, or the output of `dpkg-query -W -f='${Package}\\t${Version}\\t${Architecture}\\t${source:Package}\\n'` there",
  }
}

export function tooManyComponents(file: string, line: number, maximum: number): Problem {
  return {
    code: 'too-many-components',
    severity: 'warning',
    place: { file, line, column: 1 },
    reason: `Unexpected number of components, expected at most ${maximum.toLocaleString('en')} in all files together; the rest of \`${shown(file)}\` is left out.`,
    expected: `at most ${maximum}`,
    actual: `more than ${maximum}`,
    fix: 'check the parts one at a time, or let the SBOM tool leave out the single files',
  }
}

/** A value on one line, short, and without what could confuse a terminal or turn the text around it. */
export function shown(value: string, length = 80): string {
  const line = value
    .slice(0, length * 5)
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g, ' ')
    .replace(/`/g, "'")
    .trim()
  return line.length > length ? `${line.slice(0, length - 1)}…` : line
}
