/**
 * The content folder as of a commit, in a temporary folder. A tree may hold anything: only real files are written, below
 * that folder and nowhere else, and what would be refused unread is not read here either.
 */
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, posix } from 'node:path'
import { maximumBytesOf } from '#catalog/read.ts'
import { maximumEvidenceBytes } from '#catalog/evidence.ts'
import { logFolder, maximumLogBytes } from '#domain/run-log.ts'
import { ask, firstLine, type Repository } from './git.ts'
import { CannotRun } from './world.ts'

/** More than this is no content folder, and would fill a disk. */
const treeLimits = {
  files: 200_000,
  bytes: 2 * 2 ** 30,
  listBytes: 64 * 2 ** 20,
  pathLength: 1000,
  nameBytes: 255,
  depth: 16,
}

/** What is read from git at once. */
const batchBytes = 32 * 2 ** 20

interface Blob {
  path: string
  id: string
  size: number
}

/**
 * Hands the content of a commit to `work`; afterwards the folder is gone.
 * @param work gets undefined where the commit has no such folder
 */
export function withContentAt<T>(repository: Repository, commit: string, work: (folder: string | undefined) => T): T {
  const tree = treeOf(repository, commit)
  if (tree === undefined) return work(undefined)
  const folder = mkdtempSync(join(tmpdir(), 'works-on-arm-at-'))
  try {
    writeBlobs(repository, blobsOf(repository, tree), folder)
    return work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

function treeOf(repository: Repository, commit: string): string | undefined {
  const name = `${commit}:${repository.prefix.replace(/\/$/, '')}`
  const { stdout } = ask(repository, ['rev-parse', '--verify', '--quiet', name])
  const id = stdout.toString().trim()
  if (!/^[0-9a-f]{40,64}$/.test(id)) return undefined
  const { stdout: kind } = ask(repository, ['cat-file', '-t', id])
  return kind.toString().trim() === 'tree' ? id : undefined
}

/** The files of a tree that can be files here. */
function blobsOf(repository: Repository, tree: string): Blob[] {
  const { status, stdout, stderr } = ask(
    repository,
    ['ls-tree', '-r', '-z', '-l', '--full-tree', tree],
    undefined,
    treeLimits.listBytes,
  )
  if (status !== 0) throw new CannotRun(`git could not list the content: ${firstLine(stderr)}`)
  const blobs: Blob[] = []
  const taken = new Set<string>()
  const folders = new Set<string>()
  for (const line of stdout.toString('utf8').split('\0')) {
    const [, id, digits, path] = /^100\d{3} blob ([0-9a-f]{40,64}) +(\d+)\t([\s\S]+)$/.exec(line) ?? []
    if (id === undefined || path === undefined || !isPlainPath(path)) continue
    const above = parentsOf(path)
    // A forged tree may have a name twice, as a file and as a folder.
    if (taken.has(path) || folders.has(path) || above.some((parent) => taken.has(parent))) continue
    taken.add(path)
    for (const parent of above) folders.add(parent)
    blobs.push({ path, id, size: Number(digits) })
    if (blobs.length > treeLimits.files) {
      throw new CannotRun(
        `The content has more than ${treeLimits.files} files at that commit: too many to compare with.`,
      )
    }
  }
  return blobs
}

function isPlainPath(path: string): boolean {
  if (path.length > treeLimits.pathLength || /[\\:\0\ufffd]/.test(path)) return false
  const names = path.split('/')
  return (
    names.length <= treeLimits.depth &&
    names.every((name) => !/^(?:\.{0,2}|\.git)$/i.test(name) && Buffer.byteLength(name) <= treeLimits.nameBytes)
  )
}

function parentsOf(path: string): string[] {
  const parents: string[] = []
  for (let folder = posix.dirname(path); folder !== '.'; folder = posix.dirname(folder)) parents.push(folder)
  return parents
}

function writeBlobs(repository: Repository, blobs: readonly Blob[], folder: string): void {
  const read = blobs.filter((blob) => blob.size <= maximumBytes(blob.path))
  if (read.reduce((sum, { size }) => sum + size, 0) > treeLimits.bytes) {
    throw new CannotRun(`The content has more than ${treeLimits.bytes} bytes at that commit: too many to compare with.`)
  }
  for (const parent of new Set(blobs.map(({ path }) => dirname(path))))
    mkdirSync(join(folder, parent), { recursive: true })
  for (const { path, size } of blobs.filter((blob) => blob.size > maximumBytes(blob.path))) {
    writeFileSync(join(folder, path), '', { flag: 'wx' })
    // As large as it was, and without room on the disk: it is refused by its size.
    truncateSync(join(folder, path), isRead(path) ? Math.min(size, 2 ** 40) : 0)
  }
  for (let start = 0; start < read.length;) {
    let end = start
    let bytes = 0
    while (
      end < read.length &&
      end - start < 10_000 &&
      (end === start || bytes + (read[end]?.size ?? 0) <= batchBytes)
    ) {
      bytes += read[end]?.size ?? 0
      end += 1
    }
    writeBatch(repository, read.slice(start, end), bytes, folder)
    start = end
  }
}

/** Each answer is a line `<id> blob <size>`, the bytes, and the end of a line. */
function writeBatch(repository: Repository, blobs: readonly Blob[], bytes: number, folder: string): void {
  const input = blobs.map(({ id }) => `${id}\n`).join('')
  const { stdout } = ask(repository, ['cat-file', '--batch'], input, bytes + blobs.length * 200 + 4096)
  let at = 0
  for (const { id, size, path } of blobs) {
    const end = stdout.indexOf('\n', at)
    const head = end === -1 ? '' : stdout.toString('latin1', at, end)
    if (head !== `${id} blob ${size}`) {
      throw new CannotRun(`git has not got the object \`${id}\`: fetch it first, \`git fetch --refetch\`.`)
    }
    writeFileSync(join(folder, path), stdout.subarray(end + 1, end + 1 + size), { flag: 'wx' })
    at = end + size + 2
  }
}

/** Files of which `check` reads more than the name. */
function isRead(path: string): boolean {
  return path.startsWith('evidence/') || maximumBytesOf(path) !== undefined
}

function maximumBytes(path: string): number {
  if (path.startsWith(`${logFolder}/`)) return maximumLogBytes
  if (path.startsWith('evidence/')) return path.endsWith('.jsonl') ? maximumEvidenceBytes : -1
  return maximumBytesOf(path) ?? -1
}
