/** Reads the evidence of a content folder: every line is a record or a problem, and none hides another. */
import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { isRetraction, type StoredRecord } from '#domain/evidence.ts'
import { isOwnPath } from '#domain/link.ts'
import { parseRecord, serializeRecord, type BadRecord } from '#domain/evidence-text.ts'
import { compareText, type Place, type Problem } from '#domain/problem.ts'
import { logFileOf, logFolder } from '#domain/run-log.ts'
import { listLogs } from './logs.ts'
import { endSentence, oneOf, shorten, unexpected } from './problems.ts'

/** Larger files are refused unread. */
export const maximumEvidenceBytes = 256 * 1024 * 1024

/** A record, and where it stands. */
export interface LocatedRecord {
  record: StoredRecord
  file: string
  line: number
}

export interface ReadEvidence {
  records: LocatedRecord[]
  /** Addresses of the logs of runs. */
  logs: ReadonlySet<string>
  problems: Problem[]
}

export const noEvidence = (): ReadEvidence => ({ records: [], logs: new Set(), problems: [] })

export type EvidenceFile = Pick<ReadEvidence, 'records' | 'problems'>

/**
 * Reads `evidence/**` of a content folder; a folder without evidence has no records.
 * @param readFile reads one file, afresh or out of its memory
 */
export function readEvidence(folder: string, readFile = readEvidenceFile): ReadEvidence {
  const { logs, problems } = listLogs(folder)
  const records: LocatedRecord[] = []
  for (const path of evidenceFiles(folder, 'evidence', problems)) {
    const file = readFile(folder, path)
    // One by one: a file may have more than can be arguments of one call.
    for (const record of file.records) records.push(record)
    for (const problem of file.problems) problems.push(problem)
  }
  return { records, logs, problems }
}

export function readEvidenceFile(folder: string, path: string): EvidenceFile {
  const read: EvidenceFile = { records: [], problems: [] }
  const full = join(folder, path)
  const { size } = statSync(full)
  if (size > maximumEvidenceBytes) {
    read.problems.push(
      unexpected(
        'file-too-large',
        { file: path, line: 1, column: 1 },
        'size of',
        `${size} bytes`,
        `at most ${maximumEvidenceBytes} bytes`,
        'split it into several files',
      ),
    )
  } else parseEvidence(path, readFileSync(full, 'utf8'), read)
  return read
}

/** Reads the lines of one file. */
export function parseEvidence(file: string, text: string, read: EvidenceFile): void {
  let line = 0
  for (let start = 0; start < text.length;) {
    let end = text.indexOf('\n', start)
    if (end === -1) end = text.length
    line += 1
    const content = text.slice(start, end)
    start = end + 1
    if (content.trim() === '') continue
    const { record, bad } = parseRecord(content)
    if (record) read.records.push({ record, file, line })
    else read.problems.push(problemOf(bad, file, line, content))
  }
}

function evidenceFiles(root: string, folder: string, problems: Problem[]): string[] {
  const found = lstatSync(join(root, folder), { throwIfNoEntry: false })
  if (!found) return []
  if (!found.isDirectory()) {
    problems.push(
      unexpected(
        'not-a-file',
        { file: folder, line: 1, column: 1 },
        found.isSymbolicLink() ? 'symbolic link' : 'file',
        folder,
        'a folder of that name: links are not followed',
        'put a real folder there',
      ),
    )
    return []
  }
  const entries = readdirSync(join(root, folder), { withFileTypes: true })
  return entries
    .sort((a, b) => compareText(a.name, b.name))
    .flatMap((entry) => {
      const path = posix.join(folder, entry.name)
      if (entry.name.startsWith('.') || entry.name.startsWith('README')) return []
      // What stands there has been looked at.
      if (path === logFolder) return []
      if (entry.isDirectory()) return evidenceFiles(root, path, problems)
      if (entry.isFile() && entry.name.endsWith('.jsonl')) return [path]
      problems.push(
        unexpected(
          entry.isFile() ? 'wrong-extension' : 'not-a-file',
          { file: path, line: 1, column: 1 },
          entry.isFile() ? 'file name' : entry.isSymbolicLink() ? 'symbolic link' : 'device',
          entry.name,
          'a file that ends in `.jsonl`: evidence is written by `ingest`',
          'move it out of `evidence/`',
        ),
      )
      return []
    })
}

function problemOf({ problem, path, expected, actual }: BadRecord, file: string, line: number, text: string): Problem {
  const place = { file, line, column: columnOf(text, path) }
  const shown = shorten(typeof actual === 'string' ? actual : (JSON.stringify(actual) ?? ''))
  const restore = 'restore the line from the history of the file; to correct a record, `retract` it and ingest it anew'
  switch (problem) {
    case 'not-json':
      return unexpected(
        'evidence-not-json',
        place,
        'line',
        shown,
        'one record as JSON',
        'remove what is left of the line, and run the ingest again: it adds what is missing',
      )
    case 'id-differs':
      return unexpected(
        'evidence-id-differs',
        place,
        'id',
        shown,
        expected,
        'restore the line from the history of the file, or take its result in again from where it came: evidence is written by commands such as `ingest` and `run`, never by hand',
      )
    case 'bad-record': {
      const thing = path.length > 0 ? path.map(String).join('.') : 'record'
      const bad = unexpected('bad-evidence', place, thing, shown, expected, restore)
      return actual === undefined ? { ...bad, reason: `Missing ${thing}, expected ${endSentence(expected)}` } : bad
    }
    default:
      return problem satisfies never
  }
}

/** Where the last key of a path stands in a line that `JSON.stringify` wrote; else its beginning. */
function columnOf(text: string, path: readonly PropertyKey[]): number {
  const key = path.findLast((part) => typeof part === 'string')
  const at = key === undefined ? -1 : text.indexOf(`"${key}":`)
  return at + 1 || 1
}

interface Known {
  isProject: (id: string) => boolean
  /** What the project is called today. */
  movedTo: (id: string) => string | undefined
  /** Ids of the columns; undefined where nobody can tell, since `architectures.yml` cannot be read. */
  architectures: readonly string[] | undefined
  /** Looks whether a page of this site is there. */
  checkOwnPath: (path: string, place: () => Place) => void
}

/**
 * Sorts records by project, and finds those that speak of nothing. A record of a renamed project
 * counts for it under its new name.
 */
export function evidenceByProject(
  { records, logs, problems }: ReadEvidence,
  { isProject, movedTo, architectures, checkOwnPath }: Known,
): Map<string, StoredRecord[]> {
  const byProject = new Map<string, StoredRecord[]>()
  const columns = architectures && new Set(architectures)
  const known = new Map<string, string>()
  const retracted = new Set(records.flatMap(({ record }) => (isRetraction(record) ? [record.retracts] : [])))
  const unused = new Set(logs)
  const gone = new Map<string, GoneProject>()
  for (const { record, file, line } of records) {
    const project = movedTo(record.project) ?? record.project
    const place = { file, line, column: 1 }
    if (!isProject(project)) {
      const key = `${file}\n${record.project}`
      const found = gone.get(key)
      if (found) found.more += 1
      else gone.set(key, { project: record.project, place, more: 0 })
      continue
    }
    if (!isRetraction(record) && columns?.has(record.architecture) === false) {
      problems.push(
        unexpected(
          'unknown-architecture',
          place,
          'architecture',
          record.architecture,
          oneOf([...columns]),
          'add the architecture to `architectures.yml`',
        ),
      )
      continue
    }
    if (!isRetraction(record)) {
      if (isOwnPath(record.link)) checkOwnPath(record.link, () => place)
      unused.delete(record.link)
      const said = serializeRecord({ ...record, provenance: { how: 'imported' } })
      const other = known.get(record.id)
      if (other === undefined) known.set(record.id, said)
      else if (other !== said && !retracted.has(record.id)) {
        problems.push({
          ...unexpected(
            'conflicting-evidence',
            place,
            'record',
            record.id.slice(0, 12),
            'what another record says about the same run',
            'retract them where nobody knows which one is right: another run will say',
          ),
          severity: 'warning',
        })
      }
    }
    const ofProject = byProject.get(project)
    if (ofProject) ofProject.push(record)
    else byProject.set(project, [record])
  }
  problems.push(...[...gone.values()].map(unknownProject))
  for (const { record, file, line } of records) {
    if (isRetraction(record) && !known.has(record.retracts)) {
      problems.push({
        ...unexpected(
          'retracts-nothing',
          { file, line, column: 1 },
          'retraction of',
          record.retracts.slice(0, 12),
          'the id of a record that is there',
          'nothing, if the record is still to come',
        ),
        severity: 'warning',
      })
    }
  }
  for (const log of unused) {
    const file = logFileOf(log) ?? log
    problems.push({
      ...unexpected(
        'unused-log',
        { file, line: 1, column: 1 },
        'log',
        log,
        'a log to which a record leads',
        'remove it; a run that was killed, or `compact`, has left it',
      ),
      severity: 'warning',
    })
  }
  return byProject
}

interface GoneProject {
  project: string
  /** The first record of it in its file. */
  place: Place
  /** How many others there are in the file. */
  more: number
}

/** One problem for all records of a project in a file: a file that was deleted may have thousands. */
function unknownProject({ project, place, more }: GoneProject): Problem {
  const own = `projects/${project}.md`
  const problem = unexpected(
    'unknown-project',
    place,
    'project',
    project,
    'the id of a file in `projects/`',
    `restore \`${own}\`, or add it where it never was; a project that has another name now leaves \`movedTo: …\` there; to let it go, remove its records too, and say \`removes: ${own}\` and \`removes: ${place.file}\` in the message of the commit`,
  )
  if (more === 0) return problem
  const lines = `here and in ${more} more ${more === 1 ? 'line' : 'lines'}`
  return { ...problem, reason: `Unexpected project \`${project}\` ${lines}, expected ${endSentence(problem.expected)}` }
}
