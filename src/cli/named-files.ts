/** Files that somebody named on the command line: those that can be read, and what is in the way of the others. */
import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { shorten } from '#catalog/problems.ts'
import type { Problem } from '#domain/problem.ts'
import { CannotRun, type World } from './world.ts'

export interface NamedFiles {
  /** As they were named, `-` for standard input included. */
  readable: string[]
  /** One for each name that leads to no file. */
  problems: Problem[]
}

/** One file that is not there takes nothing from the others; where there is none at all, nothing can run. */
export function namedFiles({ names, code }: { names: readonly string[]; code: string }, world: World): NamedFiles {
  const readable: string[] = []
  const problems: Problem[] = []
  for (const name of names) {
    const obstacle = name === '-' ? undefined : obstacleAt(name, resolve(world.directory, name))
    if (obstacle === undefined) readable.push(name)
    else problems.push({ code, severity: 'error', place: { file: name, line: 1, column: 1 }, ...obstacle })
  }
  if (names.length > 0 && readable.length === 0) {
    throw new CannotRun(problems.map(({ reason, fix }) => `${reason}\n  fix: ${fix}`).join('\n'))
  }
  return { readable, problems }
}

function obstacleAt(name: string, path: string): Pick<Problem, 'reason' | 'expected' | 'actual' | 'fix'> | undefined {
  const shown = shorten(name)
  const expected = 'a file that can be read'
  if (!existsSync(path)) {
    const reason = `There is no file \`${shown}\`, expected one that can be read.`
    return { reason, expected, actual: 'none', fix: 'correct the name, which counts from the folder that you are in' }
  }
  if (statSync(path).isDirectory()) {
    const reason = `\`${shown}\` is a folder, expected the files in it.`
    return { reason, expected, actual: 'a folder', fix: `name the files, such as \`${shown.replace(/\/+$/, '')}/*\`` }
  }
  try {
    accessSync(path, constants.R_OK)
    return undefined
  } catch {
    const reason = `\`${shown}\` is not yours to read, expected a file that can be read.`
    return { reason, expected, actual: 'no right to read it', fix: 'give yourself the right to read it' }
  }
}
