/** The only place that reads content from disk. */
import { isUtf8 } from 'node:buffer'
import { readdirSync, readFileSync, statSync, type Dirent } from 'node:fs'
import { join, posix } from 'node:path'
import type { Problem } from '#domain/problem.ts'
import { compareText } from '#domain/problem.ts'
import { kinds } from './kinds.ts'

/** Larger files are refused unread: no page, feed or mail could carry them. */
export const maximumFileBytes = 512 * 1024

export const vocabularyFiles = ['site.yml', 'architectures.yml', 'categories.yml', 'people.yml'] as const

export interface ContentFile {
  /** Path inside the content folder, with `/`. */
  path: string
  /** Text without byte order mark and with `\n` as its only line break. */
  text: string
}

export interface ReadContent {
  /** Files in the order of their paths. */
  files: ContentFile[]
  problems: Problem[]
}

/**
 * Reads a content folder. Missing folders are fine; links and devices are never followed.
 * @param folder folder to read, also used to name files in problems
 * @throws where the folder itself cannot be read
 */
export function readContent(folder: string): ReadContent {
  const files: ContentFile[] = []
  const problems: Problem[] = []
  const top = readdirSync(folder, { withFileTypes: true })

  for (const name of vocabularyFiles) {
    if (top.some((entry) => entry.name === name && entry.isFile())) readFile(name)
  }
  for (const { folder: kindFolder, extension } of Object.values(kinds)) {
    if (!top.some((entry) => entry.name === kindFolder && entry.isDirectory())) continue
    for (const entry of sorted(readdirSync(join(folder, kindFolder), { withFileTypes: true }))) {
      if (entry.name.startsWith('.') || entry.name === 'README.md') continue
      const path = posix.join(kindFolder, entry.name)
      if (!entry.isFile()) {
        problems.push(
          aboutFile(path, 'not-a-file', entry.name, 'a file that is no link and no folder', 'put a real file there'),
        )
      } else if (!entry.name.endsWith(extension)) {
        problems.push(
          aboutFile(
            path,
            'wrong-extension',
            entry.name,
            `a file that ends in \`${extension}\``,
            `rename it to end in \`${extension}\``,
          ),
        )
      } else {
        readFile(path)
      }
    }
  }
  for (const entry of sorted(top)) {
    const known =
      (vocabularyFiles as readonly string[]).includes(entry.name) ||
      entry.name === 'evidence' ||
      Object.values(kinds).some((kind) => kind.folder === entry.name)
    if (known || entry.name.startsWith('.') || /^(README|LICEN[CS]E)/i.test(entry.name)) continue
    problems.push({
      ...aboutFile(entry.name, 'unknown-file', entry.name, 'a folder or file of a known kind', 'rename or remove it'),
      severity: 'warning',
    })
  }
  return { files, problems }

  function readFile(path: string): void {
    const full = join(folder, path)
    const { size } = statSync(full)
    if (size > maximumFileBytes) {
      problems.push(
        aboutFile(
          path,
          'file-too-large',
          `${size} bytes`,
          `at most ${maximumFileBytes} bytes`,
          'shorten it, or split it into several files',
        ),
      )
      return
    }
    const bytes = readFileSync(full)
    if (!isUtf8(bytes)) {
      problems.push(aboutFile(path, 'not-utf-8', path, 'text in UTF-8', 'save the file as UTF-8'))
      return
    }
    let text = bytes.toString('utf8')
    if (text.startsWith('\uFEFF')) {
      text = text.slice(1)
      problems.push({
        ...aboutFile(
          path,
          'byte-order-mark',
          'U+FEFF',
          'a file that begins with its first line',
          'save the file as UTF-8 without a byte order mark',
        ),
        severity: 'warning',
      })
    }
    const carriageReturn = text.indexOf('\r')
    if (carriageReturn !== -1) {
      const { line, column } = positionIn(text, carriageReturn)
      problems.push({
        ...aboutFile(path, 'carriage-return', 'CR', 'lines that end in LF', 'save the file with Unix line ends'),
        place: { file: path, line, column },
        severity: 'warning',
      })
      text = text.replace(/\r\n?/g, '\n')
    }
    const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/.exec(text)
    if (control) {
      const { line, column } = positionIn(text, control.index)
      const name = `U+${control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
      problems.push({
        ...aboutFile(path, 'control-character', name, 'text without control characters', 'remove the character'),
        place: { file: path, line, column },
      })
      return
    }
    files.push({ path, text })
  }
}

function sorted(entries: Dirent[]): Dirent[] {
  return entries.sort((a, b) => compareText(a.name, b.name))
}

function positionIn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/)
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

function aboutFile(file: string, code: string, actual: string, expected: string, fix: string): Problem {
  return {
    code,
    severity: 'error',
    place: { file, line: 1, column: 1 },
    reason: `Unexpected \`${actual}\`, expected ${expected}.`,
    expected,
    actual,
    fix,
  }
}
