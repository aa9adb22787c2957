/**
 * What is installed on a Debian system: the table of `dpkg -l`, the lines of `dpkg-query -W`, with the
 * architecture and the source package behind the version where they were asked for
 * (`-f='${Package}\t${Version}\t${Architecture}\t${source:Package}\n'`), or the stanzas of `dpkg -s` and
 * `/var/lib/dpkg/status`.
 */
import { linesOf, type StackText } from './document.ts'
import type { Findings } from './findings.ts'
import { isDpkgStatus } from './recognition.ts'

interface Installed {
  name: string
  version: string
  architecture: string | undefined
  /** Missing where the file does not tell it. */
  source?: string | undefined
  line: number
}

const packageName = /^[a-z0-9][a-z0-9+.-]+$/

export function readDpkg({ text }: StackText, findings: Findings): void {
  if (isDpkgStatus(text)) {
    for (const { line, fields } of stanzasOf(text)) {
      const installed = described(fields, line)
      if (installed) add(installed, findings)
    }
    return
  }
  for (const { line, content } of linesOf(text)) {
    const installed = content.includes('\t') ? queried(content, line) : listed(content, line)
    if (installed === 'nothing') continue
    if (installed === 'unreadable') findings.refuse('line', content, line)
    else add(installed, findings)
  }
}

/** `Package: zlib1g`, `Status: install ok installed`, `Source: zlib (1:1.2)`: without the last one it is called like its source. */
function described(fields: ReadonlyMap<string, string>, line: number): Installed | undefined {
  const name = fields.get('Package') ?? ''
  // Others are half removed, or were never there.
  if (!/\sinstalled$/.test(fields.get('Status') ?? '')) return undefined
  const source = fields.get('Source')?.replace(/[ (].*$/s, '') ?? name
  return { name, version: fields.get('Version') ?? '', architecture: fields.get('Architecture'), source, line }
}

/** What stands on lines of their own, `Name: value`; lines that go on are of no interest. */
function* stanzasOf(text: string): Generator<{ line: number; fields: Map<string, string> }> {
  let begun: { line: number; fields: Map<string, string> } | undefined
  for (const { line, content } of linesOf(text)) {
    const [, field, value = ''] = /^([\w-]+):[ \t]*(.*)$/.exec(content) ?? []
    if (content.trim() === '') {
      if (begun) yield begun
      begun = undefined
    } else if (field !== undefined) {
      begun ??= { line, fields: new Map() }
      begun.fields.set(field, value.trim())
    }
  }
  if (begun) yield begun
}

/** `ii  libc6:amd64  2.36-9+deb12u10  amd64  GNU C Library: Shared libraries` */
function listed(content: string, line: number): Installed | 'nothing' | 'unreadable' {
  // The head of the table, and what stands between it and the packages.
  if (content.trim() === '' || /^(?:Desired=|\||\+\+\+|Err\?=)/.test(content.trimStart())) return 'nothing'
  const [status = '', name = '', version = '', architecture] = content.trim().split(/\s+/)
  if (!/^[uihrp][ncHUFWti]R?$/.test(status)) return 'unreadable'
  // Removed, with its configuration left behind.
  if (status[1] === 'c' || status[1] === 'n') return 'nothing'
  return { ...nameAndArchitecture(name, architecture), version, line }
}

/** `libc6:amd64⇥2.36-9+deb12u10`, and further columns. */
function queried(content: string, line: number): Installed | 'nothing' | 'unreadable' {
  const [name = '', version = '', ...more] = content.split('\t').map((word) => word.trim())
  // Known to the system, and not installed.
  if (version === '') return name === '' ? 'unreadable' : 'nothing'
  const architecture = more.find((word) => /^(?:all|[a-z0-9]+(?:-[a-z0-9]+)?)$/.test(word) && word !== name)
  const source = more[1]?.replace(/[ (].*$/s, '')
  return { ...nameAndArchitecture(name, architecture), version, source: source === '' ? undefined : source, line }
}

function nameAndArchitecture(word: string, column: string | undefined): Pick<Installed, 'name' | 'architecture'> {
  const [name = '', architecture] = word.split(':')
  return { name, architecture: architecture ?? column }
}

function add({ name, version, architecture, source, line }: Installed, findings: Findings): void {
  if (!packageName.test(name)) {
    findings.refuse('name', name, line)
    return
  }
  const signs =
    architecture === 'all' ? { isIndependent: true } : source === undefined ? { isSourceUntold: true } : undefined
  findings.add(
    {
      type: 'deb',
      namespace: /ubuntu/i.test(version) ? 'ubuntu' : 'debian',
      name,
      version,
      qualifiers: {
        ...(architecture === undefined ? {} : { arch: architecture }),
        ...(source === undefined || source === name ? {} : { upstream: source }),
      },
    },
    line,
    signs ? { signs } : {},
  )
}
