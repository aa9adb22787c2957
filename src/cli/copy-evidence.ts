import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { StoredRecord } from '#domain/evidence.ts'
import { inReadingOrder, type Problem } from '#domain/problem.ts'
import { isFiles } from '#store/open-store.ts'
import { openEnd, type EvidenceEnd } from './evidence-ends.ts'
import { commonOptions, contentFolder, shownPath } from './options.ts'
import { count, serializeProblems } from './report.ts'
import { CannotRun, type World } from './world.ts'

export const copyEvidenceHelp = `copy-evidence [--from STORE] [--to STORE] [--content DIR]
  Adds to one store what only another one holds. A store is \`files\`, those of the content folder, or the address of
  a database (\`postgresql://user@host/database\`).
  --from STORE           EVIDENCE_STORE where it is missing
  --to STORE             \`files\` where it is missing`

// A file is written as a whole each time that something is added to it, and a transaction has to end.
const recordsAtOnce = 20_000

interface Copied {
  /** Projects of which the two stores do not hold the same. */
  projects: number
  read: number
  added: number
  problems: Problem[]
}

/** @returns exit code: 0 what the first store holds the second one holds too, 1 something in the first is no record */
export async function copyEvidence(args: readonly string[], world: World): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { ...commonOptions, from: { type: 'string' }, to: { type: 'string' } },
  })
  const { from = world.environment.EVIDENCE_STORE, to } = values
  if (isFiles(from) ? isFiles(to) : from === to) {
    throw new CannotRun(
      'Expected two stores: `--from postgresql://user@host/database` copies from there into the files of the content folder, `--from files --to postgresql://user@host/database` the other way.',
    )
  }
  const folder = contentFolder(values, world)
  const [source, target] = [await openEnd(from, folder), await openEnd(to, folder)]
  let copied: Copied
  try {
    copied = await copy(source, target, (text) => {
      if (world.isTerminal) world.tell(text)
    })
  } finally {
    await source.close()
    await target.close()
  }
  const problems = inReadingOrder(copied.problems).map((problem) =>
    isFiles(from)
      ? { ...problem, place: { ...problem.place, file: shownPath(join(folder, problem.place.file), world) } }
      : problem,
  )
  const { projects, read, added } = copied
  if (values.json) {
    world.answer(`${JSON.stringify({ projects, read, added, duplicates: read - added, problems }, null, 2)}\n`)
  } else {
    world.answer(serializeProblems(problems, 'text', world.isTerminal))
    world.answer(
      `${count(projects, 'project')} differed, ${count(read, 'record')} read: ${added} added, ${read - added} known already, ${count(problems.length, 'problem')}.\n`,
    )
  }
  return problems.some(({ severity }) => severity === 'error') ? 1 : 0
}

async function copy(source: EvidenceEnd, target: EvidenceEnd, progress: (text: string) => void): Promise<Copied> {
  const [here, there] = [await source.fingerprints(), await target.fingerprints()]
  const differing = [...here.keys()].filter((project) => here.get(project) !== there.get(project))
  const copied: Copied = { projects: differing.length, read: 0, added: 0, problems: [...source.problems] }
  if (differing.length === 0) return copied
  let waiting: StoredRecord[] = []
  const flush = async () => {
    copied.added += await target.append(waiting)
    waiting = []
    progress(`\r${count(copied.read, 'record')} read, ${copied.added} added.`)
  }
  await source.readParts(differing, async ({ records, problems }) => {
    copied.problems.push(...problems)
    copied.read += records.length
    waiting = waiting.concat(records)
    if (waiting.length >= recordsAtOnce) await flush()
  })
  await flush()
  progress('\n')
  return copied
}
