/** What the page for contributors says that depends on the site: its words, its ways, its people. */
import { sectionsOfMatrix } from '#domain/issue.ts'
import { supportsThatNeedNote, supportWords } from '#domain/status-words.ts'
import type { ViewContext } from './context.ts'
import { claimLines, viewExampleWords, type ExampleWords } from './new-files.ts'
import { editingOf } from './ways-to-correct.ts'
import { viewWaysToSend, type WaysToSend } from './ways-to-send.ts'

/** Who answers for the site. */
export interface Asked {
  /** Inside a sentence: `its editors`. */
  name: string
  address: string | undefined
}

export interface ContributeView {
  ways: WaysToSend
  words: ExampleWords & { claimed: { word: string; needsNote: boolean }[]; sections: string[] }
  claim: string[]
  /** A result of a CI in our own format. */
  report: string
  /** Whether a page leads to an editor of its file. */
  hasEditor: boolean
  /** Whether there are sections of the newsletter that people write for. */
  hasSections: boolean
  choices: { title: string; text: string; address: string }[]
  /** Who reads what is sent, as the beginning of a sentence. */
  reviewers: string
  /** Whom to ask for what the site does not name. */
  asked: Asked
}

export function viewContribute(context: ViewContext): ContributeView {
  const { site, people } = context.catalog
  const words = viewExampleWords(context)
  const hasSections = words.section !== undefined
  const editors = site.editors.flatMap((id) => people.get(id)?.name ?? [])
  return {
    ways: viewWaysToSend(context),
    words: {
      ...words,
      claimed: supportWords
        .filter((word) => word !== 'unknown')
        .map((word) => ({ word, needsNote: supportsThatNeedNote.includes(word) })),
      sections: Object.keys(site.sections).filter((id) => !sectionsOfMatrix.has(id)),
    },
    claim: claimLines(words),
    report: reportOf(words),
    hasEditor: editingOf(site) !== undefined,
    hasSections,
    choices: [
      { title: 'Correct a cell', text: 'A status is wrong, old or missing.', address: '#claim' },
      { title: 'Add a project', text: 'Software that is not in the matrix.', address: '#project' },
      ...(hasSections
        ? [{ title: 'Send a newsletter item', text: 'News, in one link and two sentences.', address: '#item' }]
        : []),
      { title: 'Wire a CI', text: 'Let your own test runs prove a cell.', address: '#result' },
      {
        title: 'Add a recipe, a note, an event, a machine',
        text: 'What others need when they port.',
        address: '#more',
      },
      { title: 'Say what is wrong', text: 'Without editing anything.', address: '#ticket' },
    ],
    reviewers:
      editors.length === 0
        ? 'Somebody who may publish here'
        : `${editors.join(' or ')}, or who helps to edit this site`,
    asked:
      site.contact === undefined && editors.length > 0
        ? {
            name: `${editors.join(' or ')}, who ${editors.length === 1 ? 'edits' : 'edit'} this site,`,
            address: undefined,
          }
        : { name: site.contact === undefined ? 'whoever published this site' : 'its editors', address: site.contact },
  }
}

function reportOf({ architecture, today }: ExampleWords): string {
  const value = {
    schema: 'works-on-arm/report@1',
    project: 'example',
    architecture,
    version: '8.2.1',
    level: 'tested',
    outcome: 'passed',
    execution: 'native',
    observedAt: `${today}T10:20:30Z`,
    link: 'https://ci.example.org/runs/1',
    run: { provider: 'github-actions', repository: 'example/example', id: '1234567', job: `test (${architecture})` },
    counts: { passed: 412, failed: 0, skipped: 0 },
  }
  return JSON.stringify(value, null, 2)
}
