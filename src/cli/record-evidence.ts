/** New records on their way into the store: what is known already, what they change, and how much may change at once. */
import { join } from 'node:path'
import type { Catalog } from '#domain/catalog.ts'
import { identified, isRetraction, type Evidence, type StoredRecord } from '#domain/evidence.ts'
import { serializeRecord } from '#domain/evidence-text.ts'
import { inReadingOrder, type Problem } from '#domain/problem.ts'
import { transitionsOf, type Transition } from '#domain/transitions.ts'
import type { EvidenceStore } from '#store/evidence-store.ts'
import { openStore } from '#store/open-store.ts'
import { storeAddress, storeOption } from './options.ts'
import { count, serializeProblems } from './report.ts'
import type { World } from './world.ts'

/** More cells than this, and more than this part of all cells, do not change by one run of a command. */
const massChange = { cells: 20, part: 0.02 }

/** Options of every command that writes evidence. */
export const recordingOptions = {
  ...storeOption,
  'dry-run': { type: 'boolean' },
  'allow-mass-change': { type: 'boolean' },
} as const

/** What every command that writes evidence counts; with `--json` its answer. */
export interface Tally {
  /** Results that were read. */
  read: number
  added: number
  /** Results that are recorded already. */
  duplicates: number
  /** Results that say nothing about a cell. */
  ignored: number
}

/** Tells new records from those that are stored, or came earlier in the same run. */
export class Newcomers {
  /** Records that nobody knew. */
  readonly fresh: Evidence[] = []
  readonly problems: Problem[] = []
  /** Those whose time may be another one each time that they are read. */
  readonly timeAssumed = new Set<Evidence>()
  private readonly known = new Map<string, Evidence>()
  private readonly texts = new Set<string>()

  constructor(evidence: Catalog['evidence']) {
    for (const [project, records] of evidence) {
      for (const record of records) {
        this.texts.add(serializeRecord(record))
        if (isRetraction(record)) continue
        this.known.set(record.id, record)
        if (record.project === project) continue
        // It was recorded under a former name of the project; sent again, it comes under today's.
        const today = identified({ ...record, project })
        this.texts.add(serializeRecord(today))
        this.known.set(today.id, today)
      }
    }
  }

  /**
   * Takes a record, where it is new.
   * @param from          where it comes from, for problems
   * @param isTimeAssumed whether its time may be another one each time that it is read
   */
  offer(record: Evidence, from: string, isTimeAssumed = false): boolean {
    const other = this.known.get(record.id)
    const text = serializeRecord(record)
    if (this.texts.has(text) || (other && isTimeAssumed)) return false
    if (other && saysOf(other) !== saysOf(record)) this.problems.push(conflict(from, record))
    this.texts.add(text)
    this.known.set(record.id, record)
    this.fresh.push(record)
    if (isTimeAssumed) this.timeAssumed.add(record)
    return true
  }
}

export interface Recording {
  catalog: Pick<Catalog, 'project' | 'moved' | 'architectures' | 'evidence'>
  contentFolder: string
  clock: string
  /** What the records came from, for problems: a file. */
  from: string
  /** What a command was told of its surroundings: EVIDENCE_STORE is part of it. */
  environment: World['environment']
  /** Where the records go: an address, or a store that is open and stays so. */
  store?: string | EvidenceStore | undefined
  /** Records that say nothing new where another one of their id is stored. */
  timeAssumed?: ReadonlySet<Evidence> | undefined
  'dry-run'?: boolean | undefined
  'allow-mass-change'?: boolean | undefined
}

export interface Recorded {
  added: number
  /** Records that the store has already, or that somebody else added meanwhile. */
  duplicates: number
  /** New records that are not written, because they would change too much. */
  held: number
  /** Cells that become others; none where nothing is written because too many would, unless it is a dry run. */
  transitions: Transition[]
  problems: Problem[]
}

/** Writes new records, unless they would change too much or nothing is to be written. */
export async function recordEvidence(offered: readonly Evidence[], recording: Recording): Promise<Recorded> {
  if (typeof recording.store === 'object') return await recordInto(recording.store, offered, recording)
  const address = storeAddress({ store: recording.store }, recording)
  const store = await openStore(address, join(recording.contentFolder, 'evidence'))
  try {
    // The catalog holds what the files hold: it was read from them.
    return await recordInto(store, offered, recording, address === undefined)
  } finally {
    await store.close()
  }
}

/**
 * Writes what is new of a command's results, and adds to its count what became of them.
 * @returns the cells that become others, and all that was found on the way
 */
export async function recordNewcomers(
  newcomers: Newcomers,
  tally: Tally,
  recording: Omit<Recording, 'timeAssumed'>,
): Promise<Pick<Recorded, 'transitions' | 'problems' | 'held'>> {
  const { timeAssumed } = newcomers
  const { added, duplicates, held, transitions, problems } = await recordEvidence(newcomers.fresh, {
    ...recording,
    timeAssumed,
  })
  tally.added = added
  tally.duplicates += duplicates
  return { held, transitions, problems: [...newcomers.problems, ...problems] }
}

async function recordInto(
  store: EvidenceStore,
  offered: readonly Evidence[],
  recording: Recording,
  isKnown = false,
): Promise<Recorded> {
  const { evidence, fresh, problems } = isKnown
    ? { evidence: recording.catalog.evidence, fresh: offered, problems: [] }
    : await besideStored(store, offered, recording)
  const known = offered.length - fresh.length
  const catalog = { ...recording.catalog, evidence }
  const transitions = transitionsOf(catalog, fresh, recording.clock)
  const cells = catalog.project.size * catalog.architectures.size
  const changed = transitions.filter(({ from, to }) => from.support !== to.support).length
  const isTooMuch =
    changed > massChange.cells && changed > cells * massChange.part && recording['allow-mass-change'] !== true
  if (isTooMuch) problems.push(tooMuch(changed, cells, recording.from))
  // A dry run counts what would be written, and shows which cells are in the way of it.
  const held = isTooMuch ? fresh.length : 0
  if (recording['dry-run']) return { added: fresh.length - held, duplicates: known, held, transitions, problems }
  if (isTooMuch) return { added: 0, duplicates: known, held, transitions: [], problems }
  const { added, duplicates } = await store.append(fresh)
  return { added: added.length, duplicates: known + duplicates, held, transitions, problems }
}

/** What is new beside the records of a store, which may hold more than the content folder. */
async function besideStored(
  store: EvidenceStore,
  offered: readonly Evidence[],
  { catalog, from, timeAssumed }: Recording,
): Promise<{ evidence: Catalog['evidence']; fresh: readonly Evidence[]; problems: Problem[] }> {
  const evidence = new Map<string, readonly StoredRecord[]>()
  const elsewhere = new Map<string, StoredRecord[]>()
  for (const project of new Set(offered.map((record) => record.project))) {
    const inFiles = catalog.evidence.get(project) ?? []
    const texts = new Set(inFiles.map(serializeRecord))
    const formerNames = [...catalog.moved].flatMap(([id, { data }]) => (data.movedTo === project ? [id] : []))
    const stored: StoredRecord[] = []
    for (const name of [project, ...formerNames]) stored.push(...(await store.read(name)))
    const more = stored.filter((record) => !texts.has(serializeRecord(record)))
    elsewhere.set(project, more)
    evidence.set(project, [...inFiles, ...more])
  }
  const newcomers = new Newcomers(elsewhere)
  for (const record of offered) newcomers.offer(record, from, timeAssumed?.has(record))
  return { evidence, fresh: newcomers.fresh, problems: newcomers.problems }
}

/**
 * Answers with what became of everything.
 * @param found with notes on what was not added, for people
 * @param more  further parts of the JSON
 * @returns exit code: 0 clean or warnings alone, 1 problems
 */
export function answerTally(
  tally: Tally,
  found: { problems: readonly Problem[]; transitions: readonly Transition[]; notes?: readonly string[] },
  values: { json?: boolean | undefined; 'dry-run'?: boolean | undefined },
  world: World,
  more: object = {},
): number {
  const problems = inReadingOrder(found.problems)
  const { read, added, duplicates, ignored } = tally
  const { transitions } = found
  if (values.json) {
    world.answer(`${JSON.stringify({ read, added, duplicates, ignored, problems, transitions, ...more }, null, 2)}\n`)
  } else {
    world.answer(serializeProblems(problems, 'text', world.isTerminal))
    world.answer(transitions.map((transition) => `${sentenceOf(transition)}\n`).join(''))
    world.answer((found.notes ?? []).map((note) => `${note}\n`).join(''))
    world.answer(
      `${count(read, 'result')} read: ${added} ${values['dry-run'] ? 'would be added' : 'added'}, ${duplicates} known already, ${ignored} ignored, ${count(problems.length, 'problem')}.\n`,
    )
  }
  return problems.some(({ severity }) => severity === 'error') ? 1 : 0
}

/** What a record says about its run, without how it came here. */
function saysOf(record: Evidence): string {
  return serializeRecord({ ...record, provenance: { how: 'imported' } })
}

function conflict(file: string, { id, project, architecture, outcome }: Evidence): Problem {
  return {
    code: 'conflicting-evidence',
    severity: 'warning',
    place: { file, line: 1, column: 1 },
    reason: `Unexpected result \`${outcome}\` of ${project} on ${architecture}, expected what record \`${id.slice(0, 12)}\` says about the same run.`,
    expected: 'what is recorded about the run',
    actual: outcome,
    fix: `both are kept and the same one counts everywhere; \`retract ${id.slice(0, 12)}\` takes both back, until another run says what is right`,
  }
}

function tooMuch(changed: number, cells: number, file: string): Problem {
  return {
    code: 'mass-change',
    severity: 'error',
    place: { file, line: 1, column: 1 },
    reason: `Unexpected change of ${changed} of ${cells} cells at once, expected at most ${massChange.cells}, or ${massChange.part * 100} % of them. Nothing was written.`,
    expected: `at most ${Math.max(massChange.cells, Math.floor(cells * massChange.part))} cells`,
    actual: String(changed),
    fix: 'look at the transitions with `--dry-run`; where they are right, say `--allow-mass-change`',
  }
}

function sentenceOf({ project, architecture, from, to }: Transition): string {
  return `${project} on ${architecture}: ${from.support}, ${from.basis} → ${to.support}, ${to.basis}`
}
