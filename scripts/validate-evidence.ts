/**
 * `node scripts/validate-evidence.ts COLLECTED`: whether what a collecting job brings may be published, and then puts it
 * into the content, where `check` looks at it with everything else. The second of the three jobs of verify.yml; it has
 * no token and no secret.
 *
 * COLLECTED             folder of the collecting job
 * --content DIR         content folder; default `content`
 * --allow-mass-change   also where more than 20 cells and 2 % of them would change
 */
import { appendFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { loadCatalog, type LocatedCatalog } from '#catalog/catalog.ts'
import { toInstant } from '#domain/clock.ts'
import { isRun, type Evidence } from '#domain/evidence.ts'
import { parseRecord } from '#domain/evidence-text.ts'
import type { Transition } from '#domain/transitions.ts'
import { recordEvidence } from '../src/cli/record-evidence.ts'
import { applyAdditions, readAdditions, type Addition } from './evidence-additions.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { content: { type: 'string', default: 'content' }, 'allow-mass-change': { type: 'boolean' } },
})
const [collected, ...more] = positionals
if (collected === undefined || more.length > 0) {
  process.stderr.write('Expected one folder: what was collected.\n')
  process.exit(2)
}

const home = resolve(import.meta.dirname, '..')
const content = resolve(values.content)
const { additions, problems, digest } = readAdditions(resolve(collected), content)
const { catalog } = loadCatalog(content, join(home, 'content'))
const now = toInstant(Date.now())
const fresh: Evidence[] = []
for (const addition of additions) problems.push(...recordsOf(addition, fresh))
const { transitions, problems: tooMany } = await recordEvidence(fresh, {
  // What is validated here goes into the files, wherever others keep theirs.
  environment: {},
  catalog,
  contentFolder: content,
  clock: now,
  from: 'collected',
  'dry-run': true,
  'allow-mass-change': values['allow-mass-change'],
})
problems.push(...tooMany.map(({ reason, fix }) => `${reason} ${fix}`))

for (const problem of problems) process.stdout.write(`- ${problem}\n`)
if (problems.length > 0) {
  process.stderr.write('Nothing of it may be published.\n')
  process.exit(1)
}
applyAdditions(additions, content)
const summary = `${fresh.length} new records in ${additions.length} files; ${transitions.length} cells change.\n`
process.stdout.write(summary)
tell(process.env.GITHUB_OUTPUT, `digest=${digest}\nrecords=${fresh.length}\n`)
tell(process.env.GITHUB_STEP_SUMMARY, `${summary}\n${transitions.map(rowOf).join('')}`)

/** The records of the new lines. */
function recordsOf({ project, lines }: Addition, into: Evidence[]): string[] {
  if (!catalog.project.has(project))
    return [`Unexpected records of ${project}, expected those of a project that is not renamed.`]
  return lines.flatMap((line) => {
    const { record, bad } = parseRecord(line)
    if (!record)
      return [`Unexpected record in \`${project}.jsonl\` at \`${bad.path.join('.')}\`, expected ${bad.expected}.`]
    const refused = isRun(record) ? whyNotCollected(record, catalog) : 'a run'
    if (refused !== undefined)
      return [`Unexpected record \`${record.id.slice(0, 12)}\` of ${project}, expected ${refused}.`]
    if (isRun(record)) into.push(record)
    return []
  })
}

/** What a record would have to be to come from our own collecting. */
function whyNotCollected(record: Evidence, { architectures, source }: LocatedCatalog): string | undefined {
  const { provenance, architecture, observedAt } = record
  if (!architectures.has(architecture)) return 'a column of the matrix'
  if (Date.parse(observedAt) > Date.parse(now) + 600_000) return 'a run that has ended'
  if (provenance.how === 'probed') return undefined
  if (provenance.how !== 'pulled') return 'what was `pulled` or `probed`: anything else is a person’s word'
  return provenance.by !== undefined && source.has(provenance.by) ? undefined : 'a run that a registration means'
}

function rowOf({ project, architecture, from, to }: Transition): string {
  return `- ${project} on ${architecture}: ${from.support}, ${from.basis} → ${to.support}, ${to.basis}\n`
}

/** GitHub gives a step files to write into; elsewhere there are none. */
function tell(file: string | undefined, text: string): void {
  if (file) appendFileSync(file, text)
}
