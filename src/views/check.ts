/** What the page that checks a stack needs to know: the architectures to choose from, and a command for who has no script. */
import type { ViewContext } from './context.ts'
import { viewColumns } from './matrix.ts'
import { viewWordsOfArchitectures } from './search.ts'

export interface CheckView {
  /** With the other words for each. */
  architectures: { id: string; name: string; words: readonly string[] }[]
  /** Chosen until the reader chooses: the first column that is not the control. */
  architecture: string
  command: string
  verdicts: { id: string; group: string; basis: string; meaning: string }[]
  formats: { name: string; files: string }[]
}

/** As `check-report.ts` fills them: the look of each is that of a status which means as much. */
const verdicts: CheckView['verdicts'] = [
  { id: 'blocked', group: 'no', basis: 'verified', meaning: 'known not to work there' },
  { id: 'caution', group: 'limited', basis: 'claimed', meaning: 'known, and no plain yes' },
  { id: 'unknown', group: 'not-known', basis: 'none', meaning: 'not in the catalog, or nothing recorded' },
  { id: 'ready', group: 'works', basis: 'verified', meaning: 'works there' },
]

/** What `src/scan/formats.ts` reads, in the words for people. */
const formats: CheckView['formats'] = [
  { name: 'SBOMs', files: 'CycloneDX (JSON, XML), SPDX 2 (JSON, tag-value), SPDX 3 (JSON)' },
  { name: 'JavaScript', files: 'package-lock.json, npm-shrinkwrap.json, pnpm-lock.yaml, yarn.lock' },
  { name: 'Python', files: 'requirements.txt, uv.lock, poetry.lock, Pipfile.lock' },
  { name: 'Go, Rust', files: 'go.mod, go.sum, Cargo.lock' },
  { name: 'Containers', files: 'Dockerfile, Containerfile, compose.yaml, docker-compose.yml' },
  { name: 'Debian', files: 'the output of dpkg -l or dpkg-query -W, /var/lib/dpkg/status' },
]

export function viewCheck(context: ViewContext): CheckView {
  const columns = viewColumns(context)
  const words = viewWordsOfArchitectures(context)
  const architecture = (columns.find(({ isControl }) => !isControl) ?? columns[0])?.id ?? ''
  return {
    architectures: columns.map(({ id, name }) => ({ id, name, words: words.get(id) ?? [] })),
    architecture,
    command: `npm run cli -- scan package-lock.json --arch ${architecture}`,
    verdicts,
    formats,
  }
}
