/**
 * What a collecting job brings, held against the evidence that is there. The collector is not believed: it has read
 * the answers of strangers. Only new lines come in, into files of catalogued projects.
 *
 * Nothing but Node.js is imported, so that the job with the right to write runs no dependency.
 */
import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** More than this is no day's work of any CI. */
export const limits = {
  files: 2_000,
  fileBytes: 32 * 2 ** 20,
  bytes: 64 * 2 ** 20,
  lineBytes: 32 * 2 ** 10,
  lines: 20_000,
}

/** A file of the collector, and the lines in it that are new. */
export interface Addition {
  project: string
  bytes: Buffer
  lines: string[]
}

export interface ReadAdditions {
  /** Files that say something new; none that has a problem. */
  additions: Addition[]
  /** Sentences for whoever looks into why nothing was published. */
  problems: string[]
  /** Digest of all that was collected, to tell another job what was looked at. */
  digest: string
}

const fileName = /^([a-z0-9][a-z0-9-]{0,63})\.jsonl$/

/**
 * Reads what was collected: a folder of files called as in `evidence/` of the content.
 * @param collected folder from the collecting job; anything may be in it
 * @param content   content folder with the evidence that is there
 */
export function readAdditions(collected: string, content: string): ReadAdditions {
  const read: ReadAdditions = { additions: [], problems: [], digest: '' }
  const digest = createHash('sha256')
  const report = (what: string) => void read.problems.push(what)
  const names = isFolder(collected) ? readdirSync(collected).sort() : []
  if (!isFolder(collected)) report(`Unexpected ${shown(collected)}, expected a folder.`)
  if (names.length > limits.files) report(`Unexpected ${names.length} files, expected at most ${limits.files}.`)

  let total = 0
  let lines = 0
  for (const name of names.slice(0, limits.files)) {
    const path = join(collected, name)
    const size = sizeOfFile(path)
    const [, project] = fileName.exec(name) ?? []
    if (size === undefined)
      report(`Unexpected ${shown(name)}, expected a file: neither folders nor links are followed.`)
    else if (project === undefined) report(`Unexpected file ${shown(name)}, expected names such as \`sqlite.jsonl\`.`)
    else if (size > limits.fileBytes || total + size > limits.bytes) {
      report(
        `Unexpected ${size} bytes in \`${name}\`, expected at most ${limits.fileBytes}, and ${limits.bytes} in all.`,
      )
    } else if (sizeOfFile(join(content, 'projects', `${project}.md`)) === undefined) {
      report(`Unexpected file \`${name}\`, expected the name of a project: there is no \`projects/${project}.md\`.`)
    } else {
      total += size
      const bytes = readFileSync(path)
      digest.update(`${name} ${createHash('sha256').update(bytes).digest('hex')}\n`)
      const added = newLines(name, project, bytes, content)
      if (typeof added === 'string') report(`${added}`)
      else if (added.length > 0) {
        lines += added.length
        read.additions.push({ project, bytes, lines: added })
      }
    }
  }
  if (lines > limits.lines) report(`Unexpected ${lines} new lines, expected at most ${limits.lines} at once.`)
  read.digest = digest.digest('hex')
  return read
}

/** Puts the files into the evidence of a content folder. Each is there as a whole or not at all. */
export function applyAdditions(additions: readonly Addition[], content: string): void {
  const folder = join(content, 'evidence')
  mkdirSync(folder, { recursive: true })
  if (!isFolder(folder)) throw new Error(`${folder} is not a folder.`)
  for (const { project, bytes } of additions) {
    const next = join(folder, `.${project}.jsonl.new`)
    writeFileSync(next, bytes, { flag: 'wx' })
    renameSync(next, join(folder, `${project}.jsonl`))
  }
}

/** The lines that are new, or why the file is refused. */
function newLines(name: string, project: string, bytes: Buffer, content: string): string[] | string {
  if (!isUtf8(bytes)) return `Unexpected bytes in \`${name}\`, expected text in UTF-8.`
  const lines = bytes.toString('utf8').split('\n')
  if (lines.pop() !== '') return `Unexpected end of \`${name}\`, expected a line end: it is cut off.`
  const path = join(content, 'evidence', name)
  const size = sizeOfFile(path)
  if (size === undefined && lstatSync(path, { throwIfNoEntry: false })) {
    return `Unexpected \`evidence/${name}\`, expected a file: links are not followed.`
  }
  const missing = new Set(size === undefined ? [] : readFileSync(path, 'utf8').split('\n').filter(isText))
  const seen = new Set<string>()
  const added: string[] = []
  for (const [index, line] of lines.entries()) {
    const place = `${name}:${index + 1}`
    if (seen.has(line)) return `Unexpected line ${place}, expected each record once.`
    seen.add(line)
    if (missing.delete(line)) continue
    const refused = whyNoRecord(line, project)
    if (refused !== undefined) return `Unexpected line ${place}, expected ${refused}.`
    added.push(line)
  }
  if (missing.size > 0) {
    return `Unexpected \`${name}\`, expected every line that is recorded: ${missing.size} of them are gone or changed. Evidence is only added.`
  }
  return added
}

/** What a new line would have to be. Whether it is a whole record is for the domain's schema to say. */
function whyNoRecord(line: string, project: string): string | undefined {
  if (Buffer.byteLength(line) > limits.lineBytes) return `at most ${limits.lineBytes} bytes`
  const value = parse(line)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'one record as JSON'
  if (!('project' in value) || value.project !== project) return `a record of \`${project}\``
  if ('retracts' in value) return 'a run: a person takes records back'
  return undefined
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function isText(line: string): boolean {
  return line.trim() !== ''
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

/** Size of a file; of what is no file, none. */
function sizeOfFile(path: string): number | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false })
  return found?.isFile() ? found.size : undefined
}

/** A name as text without anything that a log or a terminal obeys. */
function shown(name: string): string {
  return JSON.stringify(name.slice(0, 200)).replace(/[^\x20-\x7e]/g, '?')
}
