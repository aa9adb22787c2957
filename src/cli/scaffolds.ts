/** What `new` knows of each kind: its keys, in the order in which a person would fill them in. */
import type { LocatedCatalog } from '#catalog/catalog.ts'

export interface Field {
  /** Key of the front matter. */
  key: string
  /** Its option, where that is another word: a list's option is the word for one of them. */
  option: string
  /** What a person is asked. */
  question: string
  isList?: boolean
  /** What stands between the words of a list that is typed in one go; where it is missing, each is given by itself. */
  separator?: RegExp
  /** A file is not valid without it. */
  isRequired?: boolean
  /** Whether the value is a whole number or an id, which need no quotation marks. */
  isPlain?: boolean
  /** What it is where nobody says: asked with, and taken without a terminal. */
  otherwise?: (surroundings: Surroundings) => string | string[] | undefined
}

export interface Surroundings {
  catalog: LocatedCatalog
  /** The day of the clock. */
  today: string
}

export const scaffoldKinds = ['issue', 'item', 'project', 'recipe', 'note', 'event'] as const
export type ScaffoldKind = (typeof scaffoldKinds)[number]

const date: Field = {
  key: 'date',
  option: 'date',
  question: 'Day of the source (2026-11-21)',
  isRequired: true,
  isPlain: true,
  otherwise: ({ today }) => today,
}
const title = (question: string): Field => ({ key: 'title', option: 'title', question, isRequired: true })
const summary: Field = { key: 'summary', option: 'summary', question: 'In one sentence', isRequired: true }
const link = (question: string, isRequired = false): Field => ({ key: 'link', option: 'link', question, isRequired })
const list = (key: string, option: string, question: string, isRequired = false): Field => ({
  key,
  option,
  question: `${question}, with commas between them`,
  isList: true,
  separator: /,/,
  isRequired,
  isPlain: true,
})

export const scaffolds: Record<ScaffoldKind, { folder: string; fields: readonly Field[]; named: string }> = {
  issue: {
    folder: 'issues',
    named: '',
    fields: [
      {
        key: 'number',
        option: 'number',
        question: 'Number',
        isRequired: true,
        isPlain: true,
        otherwise: ({ catalog }) =>
          String(Math.max(0, ...[...catalog.issue.values()].map(({ data }) => data.number)) + 1),
      },
      title('Title'),
      { ...date, question: 'Day of the issue (2026-11-21)' },
      {
        ...list('authors', 'author', 'Authors: ids of people.yml', true),
        otherwise: ({ catalog }) =>
          [...catalog.issue.values()].sort((a, b) => b.data.number - a.data.number)[0]?.data.authors ??
          (catalog.site.editors.length > 0 ? catalog.site.editors : undefined),
      },
      { ...summary, question: 'What is in it, in one sentence' },
      { key: 'state', option: 'state', question: 'State', isRequired: true, isPlain: true, otherwise: () => 'draft' },
    ],
  },
  item: {
    folder: 'items',
    named: 'title',
    fields: [
      title('Title of the news'),
      link('Link to what it is about', true),
      date,
      { key: 'section', option: 'section', question: 'Section of the newsletter', isRequired: true, isPlain: true },
      list('projects', 'project', 'Projects it is about'),
      list('architectures', 'architecture', 'Architectures it is about'),
      { key: 'by', option: 'by', question: 'Who sends it' },
    ],
  },
  project: {
    folder: 'projects',
    named: 'name',
    fields: [
      { key: 'name', option: 'name', question: 'Name of the project', isRequired: true },
      { ...summary, question: 'What it is, in one sentence of at most 200 characters' },
      { key: 'homepage', option: 'homepage', question: 'Home page', isRequired: true },
      { key: 'repository', option: 'repository', question: 'Address of its sources' },
      list('categories', 'category', 'Categories', true),
      list('languages', 'language', 'Languages it is written in'),
      // A package URL may hold commas.
      {
        ...list('identifiers', 'identifier', 'Package URLs (pkg:npm/…)'),
        separator: /,(?=\s*pkg:)/,
        isPlain: false,
      },
    ],
  },
  recipe: {
    folder: 'recipes',
    named: 'title',
    fields: [
      title('What it builds or runs, and where'),
      summary,
      { ...date, question: 'Day on which it was true (2026-11-21)' },
      list('projects', 'project', 'Projects', true),
      list('architectures', 'architecture', 'Architectures', true),
      { key: 'steps', option: 'step', question: 'Commands of the first step', isList: true, isRequired: true },
    ],
  },
  note: {
    folder: 'notes',
    named: 'title',
    fields: [
      title('The trap, in a few words'),
      summary,
      { ...date, question: 'Day on which it was true (2026-11-21)' },
      { key: 'symptom', option: 'symptom', question: 'What a person sees', isRequired: true },
      { key: 'cause', option: 'cause', question: 'Why', isRequired: true },
      { key: 'fix', option: 'fix', question: 'What to do', isRequired: true },
      list('architectures', 'architecture', 'Architectures', true),
      list('projects', 'project', 'Projects that met it'),
    ],
  },
  event: {
    folder: 'events',
    named: 'name',
    fields: [
      { key: 'name', option: 'name', question: 'Name of the event', isRequired: true },
      {
        key: 'kind',
        option: 'kind',
        question: 'conference, meetup or deadline',
        isPlain: true,
        otherwise: () => 'conference',
      },
      { key: 'start', option: 'start', question: 'First day (2026-11-21)', isRequired: true, isPlain: true },
      { key: 'end', option: 'end', question: 'Last day', isPlain: true },
      { key: 'place', option: 'place', question: 'Place' },
      link('Link'),
    ],
  },
}
