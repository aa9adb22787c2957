import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import type { Problem } from '#domain/problem.ts'
import { editOf, fileOfChange, withEdits } from '#catalog/change.ts'
import { textOfBytes } from '#catalog/encoding.ts'
import { mended } from '#catalog/mend.ts'
import { runsOf } from '#tests/builders.ts'
import { brokenFile, catalogWith, goodFiles, type BrokenFile } from './broken-files.ts'
import { documentedCodes } from './documented-codes.ts'

vi.setConfig({ testTimeout: 600_000 })

// Always the same files, so that a figure about them stays a figure. Of three, one is still as good as it was.
const broken = fc.sample(brokenFile, { numRuns: 1450, seed: 2026 })
const codes = new Set(documentedCodes())

const keyOf = ({ code, place, actual, expected }: Problem) =>
  [place.file, code, actual, code === 'missing-key' ? expected : ''].join('\n')
const countsOf = (problems: readonly Problem[]) =>
  problems.reduce(
    (counts, problem) => counts.set(keyOf(problem), (counts.get(keyOf(problem)) ?? 0) + 1),
    new Map<string, number>(),
  )

/** What cannot be read hides what else is wrong with a file. */
const hides = /^(?:yaml-|front-matter-|control-character|not-utf-8|too-short|bad-id)/

/** Whether carrying out the fix of one problem leaves all others and adds none. */
function fixRemoves(problem: Problem, { path, bytes }: BrokenFile, before: ReadonlyMap<string, number>): boolean {
  const { change } = problem
  if (!change) return false
  const file = fileOfChange(change, problem.place.file)
  const own = file === path ? bytes : Buffer.from(goodFiles.get(file) ?? '')
  const text = textOfBytes(own, change.kind === 'recode' ? change.from : 'utf-8')
  if (text === undefined) return false
  const edit = editOf(change, problem.place, { file, text })
  if (!edit && change.kind !== 'recode') return false
  const after = countsOf(
    catalogWith(
      new Map([
        [path, bytes],
        [file, Buffer.from(withEdits(text, edit ? [edit] : []))],
      ]),
    ).problems,
  )
  if ((after.get(keyOf(problem)) ?? 0) >= (before.get(keyOf(problem)) ?? 0)) return false
  return hides.test(problem.code) || [...after].every(([key, count]) => count <= (before.get(key) ?? 0))
}

describe('of more than a thousand broken files', () => {
  test('none throws or is passed over in silence, every problem has a place inside of its file, and four of five have a fix that removes it', () => {
    const figures = { files: 0, problems: 0, removed: 0, codes: new Set<string>() }
    for (const one of broken) {
      const { problems } = catalogWith(new Map([[one.path, one.bytes]]))
      if (problems.length > 0) figures.files += 1
      const before = countsOf(problems)
      for (const problem of problems) {
        const text =
          problem.place.file === one.path ? one.bytes.toString('utf8') : (goodFiles.get(problem.place.file) ?? '')
        const lines = text.split(/\r\n|\r|\n/)
        expect(codes).toContain(problem.code)
        expect(problem.place.line, keyOf(problem)).toBeLessThanOrEqual(lines.length)
        expect(problem.place.column, keyOf(problem)).toBeLessThanOrEqual(
          (lines[problem.place.line - 1]?.length ?? 0) + 1,
        )
        expect(problem.fix.trim()).not.toBe('')
        figures.problems += 1
        figures.codes.add(problem.code)
        if (fixRemoves(problem, one, before)) figures.removed += 1
      }
    }
    expect(figures.files).toBeGreaterThanOrEqual(1000)
    expect(figures.codes.size).toBeGreaterThan(25)
    if (process.env.FIGURES) {
      process.stdout.write(
        `${figures.files} files, ${figures.problems} problems, ${figures.removed} removed by their fix\n`,
      )
    }
    expect(figures.removed / figures.problems).toBeGreaterThan(0.8)
  })
})

test('what is mended stays as it is the second time, and has no error that it had not before', () => {
  fc.assert(
    fc.property(brokenFile, ({ path, bytes }) => {
      const first = catalogWith(new Map([[path, bytes]]))
      const movedTo = (project: string) => first.catalog.moved.get(project)?.data.movedTo
      const ofFile = (problems: readonly Problem[]) => problems.filter(({ place }) => place.file === path)
      const once = mended(path, bytes, ofFile(first.problems), movedTo)
      if (once === undefined) return
      const second = catalogWith(new Map([[path, Buffer.from(once)]]))
      expect(mended(path, Buffer.from(once), ofFile(second.problems), movedTo)).toBe(once)
      const couldBeRead = !first.problems.some(({ code }) => hides.test(code))
      const errors = (problems: readonly Problem[]) => problems.filter(({ severity }) => severity === 'error').length
      if (couldBeRead) expect(errors(second.problems)).toBeLessThanOrEqual(errors(first.problems))
    }),
    { numRuns: runsOf(300) },
  )
})
