/** Imports texts into a small site, without files. */
import { buildCatalog, type LocatedCatalog } from '#catalog/catalog.ts'
import { importIssues, type ImportOptions, type ImportResult } from '#import/import-issues.ts'

const site = `title: Test news
sections:
  languages: {name: Languages and compilers}
  assembly-speedups: {name: Assembly speed-ups}
  portability-notes: {name: Portability notes}
  upcoming-events: {name: Upcoming events}
`
const people = 'ann-example:\n  name: Ann Example\ned-example:\n  name: Ed Example\n'

const project = (name: string, homepage: string, more = '') =>
  `---\nname: ${name}\nsummary: A thing\nhomepage: ${homepage}\ncategories: [things]\n${more}---\n`

/** What a site has before an import; more files may be there, or other ones. */
export function smallSite(files: Record<string, string> = {}): LocatedCatalog {
  const all = {
    'site.yml': site,
    'people.yml': people,
    'projects/redis.md': project(
      'Redis',
      'https://redis.example/',
      'repository: https://github.com/redis/redis\naliases: [remote dictionary]\n',
    ),
    'projects/go.md': project(
      'Go',
      'https://go.example/',
      'identifiers: ["pkg:github/golang/go"]\nrepository: https://github.com/golang/go\n',
    ),
    'projects/cgo.md': project('cgo', 'https://go.example/cgo', 'repository: https://github.com/golang/go\n'),
    ...files,
  }
  return buildCatalog({ files: Object.entries(all).map(([path, text]) => ({ path, text })), problems: [] }).catalog
}

const site0 = smallSite()

/** Imports one or more texts; what the files do not say is said, so that a test can be about something else. */
export function importing(
  input: string | Uint8Array | Record<string, string | Uint8Array>,
  options: Partial<ImportOptions> & { catalog?: LocatedCatalog } = {},
): ImportResult {
  const inputs = typeof input === 'string' || input instanceof Uint8Array ? { 'old.md': input } : input
  return importIssues(
    Object.entries(inputs).map(([name, text]) => ({
      name,
      bytes: typeof text === 'string' ? new TextEncoder().encode(text) : text,
    })),
    options.catalog ?? site0,
    { state: undefined, said: { author: 'ann-example', date: '2017-04-28', number: 1 }, ...options },
  )
}

/** The body of the only issue of an import. */
export function bodyOf({ issues, problems }: ImportResult): string {
  const [issue, ...more] = issues
  if (!issue || more.length > 0) throw new Error(`${issues.length} issues: ${JSON.stringify(problems)}`)
  return issue.text.slice(issue.text.indexOf('\n---\n') + 5).trim()
}

/** Codes of guesses and problems, each once, in the order of the report. */
export function codesOf({ guesses, problems }: Pick<ImportResult, 'guesses' | 'problems'>): string[] {
  return [...new Set([...guesses, ...problems].map(({ code }) => code))]
}
