/** What the check of a stack fetches: what it looks packages up in, and a lockfile to try it with. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { viewStackIndex } from '#views/stack-index.ts'
import { context } from './data.ts'
import type { Output } from './outputs.ts'

export function* stackOutputs(): Generator<Output> {
  yield { path: '/check/index.json', content: () => JSON.stringify(viewStackIndex(context)) }
  yield { path: '/check/package-lock.json', content: ownLockfile }
}

/** The generator's lockfile, to the line, without its name: it is not that of the site. */
function ownLockfile(): string {
  // The generator's own folder is the working directory of a build, see `data.ts`.
  const text = readFileSync(join(process.cwd(), 'package-lock.json'), 'utf8')
  return text
    .replace(/^( +"name": )"[^"]*"(?=,$)/m, '$1"stack"')
    .replace(/^( {4}"": \{\n +"name": )"[^"]*"/m, '$1"stack"')
}
