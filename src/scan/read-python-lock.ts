/**
 * `uv.lock` and `poetry.lock`: both list every file that a package comes as, and the names of wheels say
 * for which machines. https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile
 */
import type { TomlTable } from 'smol-toml'
import type { Findings } from './findings.ts'
import { tableIn, tablesIn, tomlTextIn, type LockedPackage } from './toml-text.ts'
import { signsOfFiles } from './wheel.ts'

export function readUvLock(packages: readonly LockedPackage[], findings: Findings): void {
  for (const { line, table } of packages) {
    const source = tableIn(table, 'source') ?? {}
    // The project itself, and what comes from a folder: no packages of an index.
    if (['virtual', 'editable', 'directory', 'path'].some((kind) => kind in source)) continue
    const sdist = tableIn(table, 'sdist')
    add(table, line, [...tablesIn(table, 'wheels'), ...(sdist ? [sdist] : [])], findings)
  }
}

export function readPoetryLock(packages: readonly LockedPackage[], findings: Findings): void {
  for (const { line, table } of packages) {
    const kind = tomlTextIn(tableIn(table, 'source') ?? {}, 'type')
    if (kind === 'directory' || kind === 'file') continue
    const groups = Array.isArray(table.groups) ? table.groups : [tomlTextIn(table, 'category') ?? 'main']
    const isDevelopment = groups.length > 0 && !groups.includes('main')
    add(table, line, tablesIn(table, 'files'), findings, isDevelopment ? { scope: 'development' } : {})
  }
}

function add(
  table: TomlTable,
  line: number,
  files: readonly TomlTable[],
  findings: Findings,
  rest: { scope?: 'development' } = {},
): void {
  const version = tomlTextIn(table, 'version')
  const signs = signsOfFiles(files.map(nameOfFile).filter((name) => name !== ''))
  findings.add(
    { type: 'pypi', name: tomlTextIn(table, 'name') ?? '', ...(version === undefined ? {} : { version }) },
    line,
    { ...rest, ...(signs ? { signs } : {}) },
  )
}

/** The last part of its address or path. */
function nameOfFile(file: TomlTable): string {
  const at =
    tomlTextIn(file, 'file') ?? tomlTextIn(file, 'filename') ?? tomlTextIn(file, 'url') ?? tomlTextIn(file, 'path')
  return (
    at
      ?.replace(/[?#].*$/s, '')
      .split('/')
      .at(-1) ?? ''
  )
}
