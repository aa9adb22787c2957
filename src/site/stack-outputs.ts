/** What the check of a stack fetches: what it looks packages up in, and a lockfile to try it with. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { viewStackIndex } from '#views/stack-index.ts'
import { context } from './data.ts'
import type { Output } from './outputs.ts'

export function* stackOutputs(): Generator<Output> {
  yield { path: '/check/index.json', content: () => JSON.stringify(viewStackIndex(context)) }
  // The generator's own folder is the working directory of a build, see `data.ts`.
  yield { path: '/check/package-lock.json', content: () => readFileSync(join(process.cwd(), 'package-lock.json')) }
}
