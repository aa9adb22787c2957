/** Documents of the generator that are also pages of the site. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** docs/problems.md. `npm run build` and Astro both run in the generator's own folder. */
export function readProblemsDocument(): string {
  return readFileSync(join(process.cwd(), 'docs/problems.md'), 'utf8')
}
