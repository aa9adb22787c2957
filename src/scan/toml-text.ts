/** The tables of a TOML lockfile, `[[package]]`, each with the line on which it begins. */
import { parse, TomlError, type TomlTable, type TomlValue } from 'smol-toml'
import { linesOf } from './document.ts'

export interface LockedPackage {
  line: number
  table: TomlTable
}

export type TomlResult =
  | { ok: true; document: TomlTable; packages: LockedPackage[]; lineOfKey: (key: string) => number }
  | { ok: false; line: number; column: number; said: string }

/** Never throws. */
export function parsePackages(text: string): TomlResult {
  let document: TomlTable
  try {
    // No lockfile nests deeper than lists of files.
    document = parse(text, { maxDepth: 20, unsafeKeyBehaviour: 'drop' })
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const [said = ''] = error.message.replace(/^Invalid TOML document: /, '').split('\n')
    return { ok: false, line: error.line, column: error.column, said }
  }
  const tables = tablesIn(document, 'package')
  const heads: number[] = []
  for (const { line, content } of linesOf(text)) if (/^\s*\[\[\s*package\s*\]\]/.test(content)) heads.push(line)
  // A head inside of a text of several lines is none; then nobody can tell which one it was.
  const isSure = heads.length === tables.length
  return {
    ok: true,
    document,
    packages: tables.map((table, index) => ({ table, line: isSure ? (heads[index] ?? 1) : 1 })),
    lineOfKey: (key) => lineOfText(text, key),
  }
}

function lineOfText(text: string, key: string): number {
  for (const { line, content } of linesOf(text)) if (new RegExp(`^\\s*"?${key}\\b`).test(content)) return line
  return 1
}

export function tablesIn(table: TomlTable, key: string): TomlTable[] {
  const value = table[key]
  return Array.isArray(value) ? value.filter(isTable) : []
}

export function tableIn(table: TomlTable, key: string): TomlTable | undefined {
  const value = table[key]
  return isTable(value) ? value : undefined
}

export function tomlTextIn(table: TomlTable, key: string): string | undefined {
  const value = table[key]
  return typeof value === 'string' ? value : undefined
}

function isTable(value: TomlValue | undefined): value is TomlTable {
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date)
}
