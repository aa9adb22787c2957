/**
 * Files to begin with: one of each kind that people write, valid as it stands, in the words of the site's own
 * vocabularies. What is made up is called `example`, so that nobody takes it for a fact.
 */
import { sectionsOfMatrix } from '#domain/issue.ts'
import type { ViewContext } from './context.ts'
import { slugOf } from './anchors.ts'

export const newFileKinds = ['project', 'item', 'source', 'recipe', 'note', 'event', 'hardware'] as const
export type NewFileKind = (typeof newFileKinds)[number]

export interface NewFile {
  /** Inside the content folder. */
  folder: string
  name: string
  text: string
}

export interface ExampleWords {
  /** A column that is not the control. */
  architecture: string
  category: string
  /** A section that people write for; undefined where the site has none. */
  section: string | undefined
  today: string
}

/** Words that this site has, for examples. */
export function viewExampleWords({ catalog, asOf }: ViewContext): ExampleWords {
  const sections = Object.keys(catalog.site.sections).filter((id) => !sectionsOfMatrix.has(id))
  const columns = [...catalog.site.columns, ...catalog.architectures.keys()]
  return {
    architecture: columns.find((id) => catalog.architectures.get(id)?.control === false) ?? columns[0] ?? '',
    category: [...catalog.categories.keys()][0] ?? 'databases',
    // The example is news of a release.
    section: sections.find((id) => id.includes('release')) ?? sections[0],
    today: asOf.slice(0, 10),
  }
}

/** The lines of a claim, as they stand below `claims:`. */
export function claimLines({ architecture, today }: ExampleWords): string[] {
  return [
    `  - architectures: [${architecture}]`,
    '    support: works',
    `    date: ${today}`,
    '    link: https://example.org/where-it-is-said',
  ]
}

export function viewNewFile(kind: NewFileKind, words: ExampleWords): NewFile {
  const { architecture, category, section = '', today } = words
  const markdown = (folder: string, name: string, lines: string[], text: string): NewFile => ({
    folder,
    name: `${name}.md`,
    text: `---\n${lines.join('\n')}\n---\n${text}\n`,
  })
  switch (kind) {
    case 'project':
      return markdown(
        'projects',
        'example',
        [
          'name: Example',
          'summary: What it is, in one line',
          'homepage: https://example.org/',
          `categories: [${category}]`,
          'claims:',
          ...claimLines(words),
        ],
        'What to know when porting it.',
      )
    case 'item':
      return markdown(
        'items',
        `example-on-${slugOf(architecture)}`,
        [
          'title: Example 2.0.1 is out',
          'link: https://example.org/news/2.0.1',
          `date: ${today}`,
          `section: ${section}`,
          `architectures: [${architecture}]`,
        ],
        'What is new, in one or two sentences.',
      )
    case 'source':
      return {
        folder: 'sources',
        name: `example-test-${slugOf(architecture)}.yml`,
        text: [
          'provider: github-actions',
          'repository: example/example',
          'workflow: CI',
          `job: test (${architecture})`,
          'project: example',
          `architecture: ${architecture}`,
          'level: tested',
          '',
        ].join('\n'),
      }
    case 'recipe':
      return markdown(
        'recipes',
        'build-example',
        [
          'title: Build Example from source',
          'summary: Three commands, from the sources to a running program.',
          `date: ${today}`,
          'projects: [example]',
          `architectures: [${architecture}]`,
          'steps:',
          '  - title: Build it',
          '    run: |',
          '      ./configure',
          '      make',
          'verify:',
          '  - run: ./example --version',
          '    expect: The version, and no error.',
        ],
        'What to know before the first step.',
      )
    case 'note':
      return markdown(
        'notes',
        'example-trap',
        [
          'title: Example assumes pages of 4 KiB',
          'summary: Programs that assume pages of 4 KiB do not start on kernels with larger ones.',
          `date: ${today}`,
          'symptom: "It stops at its start with `Unsupported system page size`."',
          'cause: The page size is written into the program when it is built.',
          'fix: Ask the system for its page size, or build for the largest one.',
          `architectures: [${architecture}]`,
        ],
        'Where it was seen, with links.',
      )
    case 'event':
      return markdown(
        'events',
        `example-conference-${today.slice(0, 4)}`,
        [
          `name: Example Conference ${today.slice(0, 4)}`,
          `start: ${today}`,
          'place: Example Town',
          'link: https://example.org/conference',
        ],
        'Why a reader of this site would go.',
      )
    case 'hardware':
      return markdown(
        'hardware',
        'example-board',
        [
          'name: Example Board',
          'kind: board',
          'summary: A small machine to try software on.',
          `architectures: [${architecture}]`,
          `date: ${today}`,
          'link: https://example.org/board',
        ],
        'What it is good for.',
      )
    default:
      return kind satisfies never
  }
}
