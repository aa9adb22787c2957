/**
 * `npm run bench`: what building costs beside Hugo, on the same synthetic content (bench/compare.ts). Measurements are for reading and
 * comparing within one run; no test asserts them. docs/performance.md says what they are worth.
 *
 *   npm run bench -- [--projects N] [--runs R] [--scenarios full,change] [--eleventy] [--json] [--keep]
 *   npm run bench -- check      what checking costs alone
 *   npm run bench -- evidence   a day of results
 *   npm run bench -- pages      what pages cost a reader, in Chromium
 *   npm run bench -- search     what indexing costs beside Pagefind's own crawl
 *   npm run bench -- matrix     what filtering costs a reader, in Chromium
 *   npm run bench -- --stores   the stores of evidence, side by side
 *   npm run bench -- summary F  the results of an earlier run, kept by --json, as Markdown
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { benchMatrix } from './bench-matrix.ts'
import { benchCheck, benchEvidence } from './bench/check-command.ts'
import { compare } from './bench/compare.ts'
import { benchPages } from './bench/pages.ts'
import { markdownOf, type Results } from './bench/results.ts'
import { benchSearch } from './bench/search.ts'

const args = process.argv.slice(2)
const [command = '', ...rest] = args
if (command === 'matrix') await benchMatrix(rest)
else if (command === 'pages') await benchPages(rest)
else if (command === 'check') await benchCheck(rest)
else if (command === 'search') await benchSearch(rest)
else if (command === 'evidence') await benchEvidence(rest)
else if (command === 'summary') {
  // A file that this program wrote; whatever it holds, nothing but words and numbers comes out.
  const results = JSON.parse(readFileSync(rest[0] ?? '', 'utf8')) as Results
  process.stdout.write(markdownOf(results))
} else if (args.includes('--stores')) {
  const stores = ['--disable-warning=ExperimentalWarning', 'scripts/bench-stores.ts']
  const others = args.filter((word) => word !== '--stores')
  const { status } = spawnSync(process.execPath, [...stores, ...others], {
    cwd: new URL('..', import.meta.url),
    stdio: 'inherit',
  })
  process.exitCode = status ?? 1
} else process.exitCode = await compare(args)
