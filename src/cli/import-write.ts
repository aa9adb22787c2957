/** Where imported issues are written, and where not: what is there stays, unless it is a draft that may be replaced. */
import { linkSync, lstatSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Problem } from '#domain/problem.ts'
import type { LocatedCatalog } from '#catalog/catalog.ts'
import { addPeople } from '#import/add-people.ts'
import type { Newcomer } from '#import/authors.ts'
import type { FinishedIssue } from '#import/finish-issue.ts'
import { writeWhole } from '#store/whole-file.ts'
import { shownPath } from './options.ts'
import { CannotRun, type World } from './world.ts'

/** An issue, and what became of its file. */
export interface Outcome {
  issue: FinishedIssue
  became: 'written' | 'replaced' | 'unchanged' | 'shown' | 'refused'
}

/** Whether the file of an issue may be written: it is not there, or a draft may be replaced. */
export function placeFor(
  { file, number, text, source }: FinishedIssue,
  folder: string,
  catalog: LocatedCatalog,
  again: boolean,
  problems: Problem[],
  world: World,
): 'written' | 'replaced' | 'unchanged' | 'refused' {
  const path = join(folder, file)
  const there = lstatSync(path, { throwIfNoEntry: false })
  if (there === undefined) return 'written'
  if (there.isFile() && readFileSync(path, 'utf8') === text) return 'unchanged'
  const isDraft = catalog.issue.get(String(number).padStart(4, '0'))?.data.state === 'draft'
  if (again && there.isFile() && isDraft) return 'replaced'
  const line = Number(/:(\d+)$/.exec(source)?.[1] ?? 1)
  const shown = shownPath(path, world)
  problems.push({
    code: 'issue-exists',
    severity: 'error',
    place: { file: source.replace(/:\d+$/, ''), line, column: 1 },
    reason: `Unexpected file \`${shown}\`, expected none: an issue that is there is never overwritten.`,
    expected: 'a number that no issue has',
    actual: shown,
    fix: isDraft
      ? 'import again with `--again` to replace the draft, or write another `number` into the front matter'
      : 'write another `number` into the front matter, or remove the file first',
  })
  return 'refused'
}

export function withPeople(
  folder: string,
  newcomers: readonly Newcomer[],
  problems: Problem[],
  world: World,
): string | undefined {
  if (newcomers.length === 0) return undefined
  const path = join(folder, 'people.yml')
  const there = lstatSync(path, { throwIfNoEntry: false })
  const text = there === undefined ? '' : there.isFile() ? readFileSync(path, 'utf8') : undefined
  const people = text === undefined ? undefined : addPeople(text, newcomers)
  if (people === undefined) {
    world.tell(`People could not be added to ${shownPath(path, world)}: correct the file first.\n`)
    return undefined
  }
  const added = new Set(newcomers.map(({ name }) => name))
  for (let index = problems.length - 1; index >= 0; index -= 1) {
    const problem = problems[index]
    if (problem?.code === 'unknown-person' && added.has(problem.actual)) problems.splice(index, 1)
  }
  return people
}

export function write({ issue, became }: Outcome, folder: string): void {
  const path = join(folder, issue.file)
  switch (became) {
    case 'refused':
    case 'shown':
    case 'unchanged':
      return
    case 'written':
      mkdirSync(join(folder, 'issues'), { recursive: true })
      if (!lstatSync(join(folder, 'issues')).isDirectory()) {
        throw new CannotRun('`issues` in the content folder is a link: issues are written into a real folder.')
      }
      // Nothing that appeared meanwhile is overwritten: a second name for a file cannot be one that is there.
      writeWhole(path, issue.text, { place: linkSync })
      return
    case 'replaced':
      writeWhole(path, issue.text)
      return
    default:
      became satisfies never
  }
}
