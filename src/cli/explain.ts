import { parseArgs } from 'node:util'
import { cellOf, explainCell } from '#domain/cell.ts'
import type { Claim } from '#domain/claim.ts'
import { firstDayOf } from '#domain/day.ts'
import { isRetraction, retractionOf, type Retraction, type StoredRecord } from '#domain/evidence.ts'
import { compareRecords } from '#domain/evidence-text.ts'
import { sentenceOfRecord } from '#domain/reasons.ts'
import { groupOfSupport } from '#domain/status-words.ts'
import type { Fate } from '#domain/streams.ts'
import { viewApiCell, viewApiClaim } from '#views/api-cell.ts'
import type { ExplainedCell } from '#views/api-schemas.ts'
import { limitsOf } from '#views/known.ts'
import { labelOfGroup } from '#views/words.ts'
import { architectureOf, projectOf } from './cell-words.ts'
import { asOf, commonOptions, loadContent, publishedAddresses } from './options.ts'
import { CannotRun, type World } from './world.ts'

export const explainHelp = `explain PROJECT ARCHITECTURE [--json] [--as-of DATE] [--content DIR]
  Why a cell of the matrix is what it is, and what became of every record about it.`

/** @returns exit code: 0 answered */
export function explain(args: readonly string[], world: World): number {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: commonOptions })
  const [projectWord, architectureWord, ...more] = positionals
  if (projectWord === undefined || architectureWord === undefined || more.length > 0) {
    throw new CannotRun('Expected a project and an architecture: `explain cockroachdb arm64`.')
  }
  const loaded = loadContent(values, world)
  const project = projectOf(projectWord, loaded)
  const architecture = architectureOf(architectureWord, loaded)
  const clock = asOf(values, world)
  const { claims } = cellOf(loaded.catalog, project.id, architecture)
  const { status, fates } = explainCell(loaded.catalog, project.id, architecture, clock)
  const account = accountOf(fates, loaded.catalog.evidence.get(project.id) ?? [])
  if (values.json) {
    const context = {
      catalog: loaded.catalog,
      asOf: clock,
      absoluteAddressOf: publishedAddresses(loaded.catalog.site, world),
    }
    const explained: ExplainedCell = {
      project: project.id,
      architecture,
      ...viewApiCell(status, context),
      witnesses: status.witnesses,
      claims: claims.map((claim) => viewApiClaim(claim, context)),
      evidence: account.map(({ record, fate, retraction }) => ({
        fate,
        ...(retraction && { retraction: { why: retraction.why, ...(retraction.by && { by: retraction.by }) } }),
        ...record,
      })),
    }
    world.answer(`${JSON.stringify(explained, null, 2)}\n`)
    return 0
  }
  const lines = [
    `${project.data.name} on ${architecture}: ${status.support}, ${status.basis} (readers first see: ${labelOfGroup[groupOfSupport[status.support]]})`,
    ...status.reasons.map((reason) => `  ${reason}`),
    ...(status.link === undefined ? [] : [`  see ${status.link}`]),
    ...(status.staleOn !== undefined && status.staleOn > clock.slice(0, 10)
      ? [`  certain until ${status.staleOn}, if nothing new is learnt`]
      : []),
    ...claims.map((claim) => lineOfClaim(claim, clock)),
    ...account.map(({ record, fate, retraction }) => `  ${meaningOfFate[fate]}: ${lineOf(record)}${whyOf(retraction)}`),
  ]
  world.answer(`${lines.join('\n')}\n`)
  return 0
}

const meaningOfFate: Record<Fate, string> = {
  witness: 'decided',
  pending: 'not yet a verdict',
  superseded: 'superseded',
  neutralised: 'neutralised by the control',
  'not-definitive': 'decides nothing',
  'out-of-scope': 'another operating system',
  retracted: 'retracted',
  future: 'not yet known on that day',
}

interface Account {
  record: StoredRecord
  fate: Fate
  /** What took it back. */
  retraction: Retraction | undefined
}

/** The records of a cell with what became of them, those that decided first. */
function accountOf(fates: ReadonlyMap<StoredRecord, Fate>, ofProject: readonly StoredRecord[]): Account[] {
  const order = Object.keys(meaningOfFate)
  return [...fates]
    .map(([record, fate]) => {
      return { record, fate, retraction: fate === 'retracted' ? retractionOf(record.id, ofProject) : undefined }
    })
    .sort((a, b) => order.indexOf(a.fate) - order.indexOf(b.fate) || -compareRecords(a.record, b.record))
}

function whyOf(retraction: Retraction | undefined): string {
  if (!retraction) return ''
  return `\n    taken back${retraction.by === undefined ? '' : ` by ${retraction.by}`}: ${retraction.why}`
}

function lineOfClaim(claim: Claim, clock: string): string {
  const fate = firstDayOf(claim.date) > clock.slice(0, 10) ? `, ${meaningOfFate.future}` : ''
  const said = [`${claim.support} on ${claim.date}`, ...limitsOf(claim), claim.link].join(', ')
  return `  claim${fate}: ${said}${claim.note === undefined ? '' : `\n    ${claim.note.replace(/\s+/g, ' ')}`}`
}

function lineOf(record: StoredRecord): string {
  return isRetraction(record) ? record.why : `${sentenceOfRecord(record)} ${record.link}`
}
