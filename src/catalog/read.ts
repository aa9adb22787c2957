/** The only place that reads content from disk. */
import { isUtf8 } from 'node:buffer'
import { existsSync, readdirSync, readFileSync, statSync, type Dirent } from 'node:fs'
import { join, posix } from 'node:path'
import { linkLedgerFile } from '#domain/link-ledger.ts'
import { idsLockFile } from '#domain/published.ts'
import type { Place, Problem } from '#domain/problem.ts'
import { compareText } from '#domain/problem.ts'
import { nameOfCharacter } from '#domain/text.ts'
import { controlCharacter } from './control-character.ts'
import { encodingOf } from './encoding.ts'
import { kinds } from './kinds.ts'
import { ownWordsFile } from './own-words.ts'
import { didYouMean, unexpected } from './problems.ts'

/** Larger files are refused unread: no page, feed or mail could carry them. */
export const maximumFileBytes = 512 * 1024
/** A line for everything that was ever published, and one for every link. */
const maximumLockBytes = 32 * 1024 * 1024

const vocabularyFiles = ['site.yml', 'architectures.yml', 'categories.yml', 'people.yml'] as const

/** Files beside the folders of kinds; `publish` and `links` write the last two. */
const topFiles = [...vocabularyFiles, ownWordsFile, idsLockFile, linkLedgerFile] as const

export interface ContentFile {
  /** Path inside the content folder, with `/`. */
  path: string
  /** Text without byte order mark and with `\n` as its only line break. */
  text: string
}

export interface ReadContent {
  /** Files in the order of their paths. */
  files: ContentFile[]
  /** Paths of files that are there and were not read: valid ones, to which others may refer. */
  known?: readonly string[]
  problems: Problem[]
}

/**
 * Reads a content folder. Missing folders are fine; links and devices are never followed.
 * @param folder   folder to read, also used to name files in problems
 * @param isKnown  files of which everything is known already: they are named in `known`, and not read
 * @param readFile reads one of the others, afresh or out of its memory
 * @throws where the folder itself cannot be read
 */
export function readContent(
  folder: string,
  isKnown: (path: string) => boolean = () => false,
  readFile: typeof readContentFile = readContentFile,
): ReadContent {
  const files: ContentFile[] = []
  const known: string[] = []
  const problems: Problem[] = []
  const top = sorted(readdirSync(folder, { withFileTypes: true }))
  const add = (path: string) => {
    if (isKnown(path)) {
      known.push(path)
      return
    }
    const file = readFile(folder, path, problems)
    if (file) files.push(file)
  }

  for (const name of topFiles) {
    const entry = top.find((entry) => entry.name === name)
    if (entry?.isFile()) add(name)
    else if (entry) problems.push(notAFile(name, entry))
  }
  for (const { folder: kindFolder, extension } of Object.values(kinds)) {
    const entry = top.find((entry) => entry.name === kindFolder)
    if (!entry) continue
    if (!entry.isDirectory()) {
      problems.push(
        unexpected(
          'not-a-file',
          startOf(kindFolder),
          entry.isSymbolicLink() ? 'symbolic link' : 'file',
          kindFolder,
          'a folder of that name: links are not followed',
          'put a real folder there',
        ),
      )
      continue
    }
    for (const entry of sorted(readdirSync(join(folder, kindFolder), { withFileTypes: true }))) {
      if (entry.name.startsWith('.') || entry.name === 'README.md') continue
      const path = posix.join(kindFolder, entry.name)
      if (!entry.isFile()) problems.push(notAFile(path, entry))
      else if (entry.name.endsWith(extension)) add(path)
      else {
        problems.push(
          unexpected(
            'wrong-extension',
            startOf(path),
            'file name',
            entry.name,
            `a file that ends in \`${extension}\``,
            {
              text: `rename it to end in \`${extension}\``,
              change: {
                kind: 'rename',
                file: `${kindFolder}/${entry.name.replace(/(?<=.)\.[^.]*$/, '')}${extension}`,
              },
            },
          ),
        )
      }
    }
  }
  problems.push(...unknownFiles(top))
  return { files, known, problems }
}

/** The architectures that a content folder has, for one that has none of its own. */
export function readArchitectures(folder: string): ContentFile | undefined {
  const name = 'architectures.yml'
  return existsSync(join(folder, name)) ? readContentFile(folder, name, []) : undefined
}

/** How large a file may be that is read beside the evidence; undefined for one of which nothing but its name is. */
export function maximumBytesOf(path: string): number | undefined {
  if (path === idsLockFile || path === linkLedgerFile) return maximumLockBytes
  const [folder, ...more] = path.split('/')
  const isTop = more.length === 0 && (topFiles as readonly string[]).includes(path)
  const isOfKind = more.length === 1 && Object.values(kinds).some((kind) => kind.folder === folder)
  return isTop || isOfKind ? maximumFileBytes : undefined
}

/** Files and folders beside the known ones, which nothing would read. */
function unknownFiles(top: readonly Dirent[]): Problem[] {
  const known = [...topFiles, ...Object.values(kinds).map((kind) => kind.folder), 'evidence']
  return top
    .filter(({ name }) => !known.includes(name) && !name.startsWith('.') && !/^(README|LICEN[CS]E)/i.test(name))
    .map((entry) => ({
      ...unexpected(
        'unknown-file',
        startOf(entry.name),
        entry.isDirectory() ? 'folder' : 'file',
        entry.name,
        `one of ${known.map((name) => `\`${name}\``).join(', ')}`,
        didYouMean(entry.name.replace(/\.yaml$/, '.yml'), known, 'move it out of the content: nothing reads it here'),
      ),
      severity: 'warning',
    }))
}

const namesOfEncodings: Readonly<Record<string, string>> = {
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Windows-1252',
}

export function readContentFile(folder: string, path: string, problems: Problem[]): ContentFile | undefined {
  const full = join(folder, path)
  const { size } = statSync(full)
  const maximum = maximumBytesOf(path) ?? maximumFileBytes
  if (size > maximum) {
    problems.push(
      unexpected(
        'file-too-large',
        startOf(path),
        'size of',
        `${size} bytes`,
        `at most ${maximum} bytes`,
        'shorten it, or split it into several files',
      ),
    )
    return undefined
  }
  return contentFileOf(path, readFileSync(full), problems)
}

/** A file's bytes as the text that everything later works on; undefined where they are none. */
export function contentFileOf(path: string, bytes: Uint8Array, problems: Problem[]): ContentFile | undefined {
  let text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  if (!isUtf8(bytes)) {
    const saved = encodingOf(bytes)
    const place = placeIn(path, text, Math.max(text.indexOf('\uFFFD'), 0))
    problems.push({
      ...unexpected('not-utf-8', place, 'byte', describeFirstBadByte(bytes, text), 'text in UTF-8', {
        text: `save the file as text in UTF-8${saved ? `; it ${saved.isCertain ? 'is' : 'looks like'} ${namesOfEncodings[saved.encoding] ?? saved.encoding}` : ''}`,
        ...(saved && { change: { kind: 'recode', from: saved.encoding } }),
      }),
      ...(saved?.isCertain && { isSafe: true }),
    })
    return undefined
  }
  if (text.startsWith('\uFEFF')) {
    // Whoever joins two files may leave two.
    text = text.replace(/^\ufeff+/, '')
    problems.push({
      ...unexpected(
        'byte-order-mark',
        startOf(path),
        'byte order mark',
        'U+FEFF',
        'a file that begins with its first line',
        {
          text: 'save the file as UTF-8 without a byte order mark',
          change: { kind: 'recode', from: 'utf-8' },
        },
      ),
      severity: 'warning',
      isSafe: true,
    })
  }
  const carriageReturn = text.indexOf('\r')
  if (carriageReturn !== -1) {
    problems.push({
      ...unexpected('carriage-return', placeIn(path, text, carriageReturn), 'line end', 'CR', 'lines that end in LF', {
        text: 'save the file with Unix line ends; it is read as if it had them',
        change: { kind: 'recode', from: 'utf-8' },
      }),
      severity: 'warning',
      isSafe: true,
    })
    text = text.replace(/\r\n?/g, '\n')
  }
  const control = controlCharacter.exec(text)
  if (control) {
    problems.push(
      unexpected(
        'control-character',
        placeIn(path, text, control.index),
        'character',
        nameOfCharacter(control[0]),
        'text without control characters',
        {
          text: 'remove the character',
          change: { kind: 'swap', from: control[0], to: '' },
        },
      ),
    )
    return undefined
  }
  return { path, text }
}

/** The replacement character shows where decoding went wrong; what stood there is in the bytes. */
function describeFirstBadByte(bytes: Uint8Array, text: string): string {
  const offset = Buffer.byteLength(text.slice(0, Math.max(text.indexOf('\uFFFD'), 0)))
  return `0x${(bytes[offset] ?? 0).toString(16).toUpperCase().padStart(2, '0')}`
}

function sorted(entries: Dirent[]): Dirent[] {
  return entries.sort((a, b) => compareText(a.name, b.name))
}

function startOf(file: string): Place {
  return { file, line: 1, column: 1 }
}

function placeIn(file: string, text: string, offset: number): Place {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/)
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

function notAFile(path: string, entry: Dirent): Problem {
  return unexpected(
    'not-a-file',
    startOf(path),
    entry.isSymbolicLink() ? 'symbolic link' : entry.isDirectory() ? 'folder' : 'device',
    entry.name,
    'a file: folders and links are not read here',
    'put the file itself there',
  )
}
