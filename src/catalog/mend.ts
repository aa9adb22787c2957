/** A file as it is after everything was mended that is safe to mend: how it is written, never what it says. */
import type { Problem } from '#domain/problem.ts'
import { editOf, withEdits, type TextEdit } from './change.ts'
import { textOfBytes } from './encoding.ts'
import { kindNames, kinds } from './kinds.ts'
import { tidied } from './tidy.ts'

/**
 * @param file      path inside the content folder
 * @param problems  those of this file; only what is safe about them is done
 * @param movedTo   the id that a renamed project has today
 * @returns undefined where the bytes are no text
 */
export function mended(
  file: string,
  bytes: Uint8Array,
  problems: readonly Problem[],
  movedTo: (project: string) => string | undefined,
): string | undefined {
  const safe = problems.filter(({ isSafe }) => isSafe)
  const recoding = safe.map(({ change }) => change).find((change) => change?.kind === 'recode')
  const text = textOfBytes(bytes, recoding?.from)
  if (text === undefined) return undefined
  const edits = safe.flatMap(({ change, place }): TextEdit[] => {
    const edit = change && editOf(change, place, { file, text })
    return edit ? [edit] : []
  })
  const corrected = withEdits(text, edits)
  const kind = kindNames.find((name) => file.startsWith(`${kinds[name].folder}/`))
  return kind ? tidied(file, corrected, { schema: kinds[kind].schema, movedTo }) : corrected
}
