/** The file that a ticket makes, held against the whole content before it is written; its problems are those of the ticket. */
import { isDeepStrictEqual } from 'node:util'
import { join } from 'node:path'
import { loadCatalogWith, type LocatedCatalog } from '#catalog/catalog.ts'
import { unexpected } from '#catalog/problems.ts'
import type { Claim } from '#domain/claim.ts'
import type { Problem } from '#domain/problem.ts'
import type { Answers } from '#import/ticket-answers.ts'
import { labelOf, scratchLines, scratchPath, type TicketFile } from '#import/ticket-file.ts'
import type { TicketKind } from '#import/ticket-forms.ts'
import { answerAt, textOfPieces } from '#import/ticket-pieces.ts'
import { shownPath } from './options.ts'
import type { World } from './world.ts'

interface Ground {
  kind: TicketKind
  answers: Answers
  /** Whether everything was answered. */
  isWhole: boolean
  /** How the ticket is called. */
  name: string
  folder: string
  /** The content without the file. */
  catalog: LocatedCatalog
  before: readonly Problem[]
  world: World
}

export function problemsOfTicketFile(file: TicketFile, ground: Ground): Problem[] {
  const { folder, world, kind, before } = ground
  const { path } = file
  const loaded = loadCatalogWith(path, textOfPieces(file.pieces), folder, join(world.home, 'content'))
  const known = new Set(before.map(keyOf))
  const problems = loaded.problems.flatMap((problem): Problem[] => {
    const shown = { ...problem, place: { ...problem.place, file: shownPath(join(folder, problem.place.file), world) } }
    if (problem.place.file !== path) return known.has(keyOf(shown)) ? [] : [shown]
    // What was not answered has been told in the words of the form.
    if (problem.code === 'missing-key' || (path === scratchPath && problem.place.line <= scratchLines)) return []
    return problem.severity === 'warning' && known.has(keyOf(shown)) ? [] : [inTicket(problem, file, ground)]
  })
  const isWhole = ground.isWhole && !problems.some(({ severity }) => severity === 'error')
  if (kind !== 'cell' || !isWhole) return problems
  return [...problems, ...problemsOfClaims(file, loaded.catalog, ground)]
}

/** What other files say stays where it was; the lines of the project's own file may have moved. */
function keyOf({ code, place, reason }: Problem): string {
  return [code, place.file, reason].join('\n')
}

/** The same, where the ticket says it, and with a way out for somebody who sees the form alone. */
function inTicket(problem: Problem, { pieces }: TicketFile, { kind, answers, name }: Ground): Problem {
  const found = answerAt(pieces, problem.place)
  const key = problem.code === 'missing-note' ? 'note' : (found?.key ?? '')
  const label = labelOf(kind, key)
  const line = (answers.get(key)?.line ?? 1) + (key === 'text' ? (found?.below ?? 0) : 0)
  const fix =
    problem.code === 'missing-note'
      ? 'answer “Note” in the ticket: what is missing or needed'
      : `change the answer to “${label}” in the ticket: ${problem.fix}`
  return { ...problem, place: { file: name, line, column: 1 }, fix }
}

/** Every claim that was there still is, and the new one is none of them. */
function problemsOfClaims({ path }: TicketFile, after: LocatedCatalog, ground: Ground): Problem[] {
  const { answers, name } = ground
  const id = path.slice('projects/'.length, -'.md'.length)
  const old = ground.catalog.project.get(id)?.data
  const made = after.project.get(id)?.data
  const claim = made?.claims.at(-1)
  const place = (key: string) => ({ file: name, line: answers.get(key)?.line ?? 1, column: 1 })
  if (!old || !made || !claim || !isDeepStrictEqual({ ...made, claims: made.claims.slice(0, -1) }, old)) {
    const expected = `a project whose claims a command can add to: \`${path}\` is written in an unusual way`
    const fix = `add the claim to \`${path}\` by hand`
    return [
      unexpected('claim-not-added', place('project'), 'project', answers.get('project')?.text ?? '', expected, fix),
    ]
  }
  if (!old.claims.some((other) => isSame(other, claim))) return []
  const expected = `a claim that is not there yet: \`${path}\` has one of the same architectures, support, date and link`
  const fix = 'close the ticket, or answer with what is new'
  return [unexpected('claim-already-there', place('link'), 'link', claim.link, expected, fix)]
}

function isSame(a: Claim, b: Claim): boolean {
  const words = ({ architectures, support, date, link }: Claim) => [[...architectures].sort(), support, date, link]
  return isDeepStrictEqual(words(a), words(b))
}
