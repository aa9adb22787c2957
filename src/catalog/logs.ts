/** Logs of runs beside the evidence: which there are, and whether they are what they were. */
import { isUtf8 } from 'node:buffer'
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { compareText, type Place, type Problem } from '#domain/problem.ts'
import { logAddressOfFile, logFileOf, logFolder, logNameOf, maximumLogBytes } from '#domain/run-log.ts'
import { nameOfCharacter } from '#domain/text.ts'
import { controlCharacter } from './control-character.ts'
import { unexpected } from './problems.ts'

/** Addresses of the logs in a content folder. Only real files in real folders are logs. */
export function listLogs(folder: string): { logs: Set<string>; problems: Problem[] } {
  const logs = new Set<string>()
  const problems: Problem[] = []
  for (const file of filesBelow(folder, logFolder, problems)) {
    const address = logAddressOfFile(file)
    if (address !== undefined) logs.add(address)
    else {
      const expected = 'a log: `logs/<project>/<digest>.txt`, as `run` writes it'
      problems.push(
        unexpected(
          'log-differs',
          startOf(file),
          'file name',
          posix.basename(file),
          expected,
          'move it out of `evidence/`',
        ),
      )
    }
  }
  return { logs, problems }
}

function filesBelow(root: string, folder: string, problems: Problem[]): string[] {
  const found = lstatSync(join(root, folder), { throwIfNoEntry: false })
  if (!found) return []
  if (found.isDirectory()) {
    return readdirSync(join(root, folder))
      .filter((name) => !name.startsWith('.'))
      .sort(compareText)
      .flatMap((name) => filesBelow(root, posix.join(folder, name), problems))
  }
  if (found.isFile()) return [folder]
  const thing = found.isSymbolicLink() ? 'symbolic link' : 'device'
  const expected = 'a real file or folder: links are not followed'
  problems.push(
    unexpected('not-a-file', startOf(folder), thing, posix.basename(folder), expected, 'put the file itself there'),
  )
  return []
}

/** The text of a log that `listLogs` has listed. */
export function readLog(folder: string, address: string): string {
  const file = logFileOf(address)
  if (file === undefined) throw new Error(`${address} is the address of no log`)
  return readFileSync(join(folder, file), 'utf8')
}

/** Whether logs hold what they held when they were written, and nothing that is no text. */
export function checkLogs(folder: string, logs: Iterable<string>): Problem[] {
  return [...logs].flatMap((address) => {
    const file = logFileOf(address)
    return file === undefined ? [] : checkLog(folder, file)
  })
}

function checkLog(folder: string, file: string): Problem[] {
  const path = join(folder, file)
  const { size } = lstatSync(path)
  if (size > maximumLogBytes) {
    const expected = `at most ${maximumLogBytes} bytes`
    return [unexpected('file-too-large', startOf(file), 'size of', `${size} bytes`, expected, restore)]
  }
  const bytes = readFileSync(path)
  const name = logNameOf(bytes)
  if (name !== posix.basename(file)) {
    const expected = `\`${name}\`, after the digest of what it holds`
    return [unexpected('log-differs', startOf(file), 'file name', posix.basename(file), expected, restore)]
  }
  if (!isUtf8(bytes))
    return [unexpected('not-utf-8', startOf(file), 'bytes in', posix.basename(file), 'text in UTF-8', restore)]
  const text = bytes.toString('utf8')
  const control = controlCharacter.exec(text)
  if (!control) return []
  const line = text.slice(0, control.index).split('\n').length
  const expected = 'text without control characters'
  return [
    unexpected(
      'control-character',
      { file, line, column: 1 },
      'character',
      nameOfCharacter(control[0]),
      expected,
      restore,
    ),
  ]
}

const restore = 'restore the file from its history, or `retract` the records that lead to it'

function startOf(file: string): Place {
  return { file, line: 1, column: 1 }
}
