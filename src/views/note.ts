/** Portability notes: what a person sees, why, what to do, and how to look for it. */
import type { Entry } from '#domain/catalog.ts'
import type { Note } from '#domain/note.ts'
import { compareText } from '#domain/problem.ts'
import { isOld, viewDay, type DayView } from './age.ts'
import { uniqueIds } from './anchors.ts'
import { architectureIndex, inColumnOrder, type IndexEntry } from './architecture-index.ts'
import type { ViewContext } from './context.ts'
import { waysToCorrectPage, type WaysToCorrect } from './ways-to-correct.ts'
import { linkFact, textFact, type Fact } from './fact.ts'
import { languageInWords } from './languages.ts'
import { newsAbout } from './issue-mentions.ts'
import { linksTo, linkTo, type LinkView } from './links.ts'
import { claimsRestingOn, type RestingClaimView } from './resting-claims.ts'
import { grepCommand } from './shell.ts'
import { addressOfLink } from './sources.ts'
import { structuredNote, type StructuredData } from './structured-knowledge.ts'

export interface DetectorView {
  id: string
  number: number
  command: string
  /** What a match means. */
  meaning: string
  /** What a button says that it copies. */
  what: string
}

export interface NoteView {
  id: string
  ways: WaysToCorrect
  title: string
  summary: string
  /** A warning where what it says is old; else empty. */
  warning: string
  /** Symptom, cause and fix, in this order. */
  answer: { id: string; title: string; html: string }[]
  detectors: DetectorView[]
  facts: Fact[]
  /** The projects and recipes that met it, and the news about it. */
  met: Fact[]
  links: LinkView[]
  claims: RestingClaimView[]
  sections: readonly { id: string; title: string; html: string }[]
  /** Ids of the page's own parts. */
  ids: { find: string; met: string; links: string; claims: string }
  structuredData: StructuredData
}

export function viewNote(note: Entry<Note>, context: ViewContext): NoteView {
  const { id, data } = note
  const { asOf, markdown, catalog } = context
  const body = markdown(note.body)
  const takeId = uniqueIds(body.headings.map((heading) => heading.id))
  const part = (title: string, text: string) => {
    const partId = takeId(title.toLowerCase())
    return { id: partId, title, html: markdown(text, `${partId}-`).html }
  }
  const naming = (kind: 'project' | 'recipe') =>
    [...catalog[kind].values()]
      .filter((entry) => entry.data.notes.includes(id))
      .map((entry) => entry.id)
      .sort(compareText)
  const intro = body.intro === '' ? [] : [{ id: takeId('background'), title: 'Background', html: body.intro }]
  return {
    id,
    ways: waysToCorrectPage(data.title, `/notes/${id}/`, note.file, context),
    title: data.title,
    summary: data.summary,
    warning: isOld(data.date, asOf)
      ? 'Newer versions may have repaired some of it; the trap is still there for code that was never ported.'
      : '',
    answer: [part('Symptom', data.symptom), part('Cause', data.cause), part('Fix', data.fix)],
    detectors: data.detect.map(({ pattern, files, meaning }, index) => ({
      id: takeId(`search-${index + 1}`),
      number: index + 1,
      command: grepCommand(pattern, files),
      meaning: meaning ?? 'A place to look at',
      what: `the command of search ${index + 1}${meaning === undefined ? '' : `: ${meaning}`}`,
    })),
    facts: [
      ...linkFact('Architectures', linksTo('architecture', inColumnOrder(data.architectures, context), context)),
      ...textFact('Languages', ...data.languages.map(languageInWords)),
      { name: 'State of', day: viewDay(data.date, asOf) },
    ],
    met: [
      ...linkFact('Projects', linksTo('project', new Set([...data.projects, ...naming('project')]), context)),
      ...linkFact('Recipes', linksTo('recipe', new Set([...data.recipes, ...naming('recipe')]), context)),
      ...linkFact('Newsletter', newsAbout('note', id, context)),
    ],
    links: data.links.map(({ title, link }) => ({ label: title, address: addressOfLink(link, context) })),
    claims: claimsRestingOn(`/notes/${id}/`, context),
    sections: [...intro, ...body.sections],
    ids: { find: takeId('find'), met: takeId('met'), links: takeId('links'), claims: takeId('claims') },
    structuredData: structuredNote(note, context),
  }
}

export interface NoteListView {
  notes: { link: LinkView; symptom: string; architectures: LinkView[]; languages: string[]; day: DayView }[]
  /** How many traps wait on each architecture. */
  index: IndexEntry[]
}

/** All notes by title: a reader looks for a symptom, not for news. */
export function viewNoteList(context: ViewContext): NoteListView {
  const notes = [...context.catalog.note.values()].sort((a, b) =>
    compareText(a.data.title.toLowerCase(), b.data.title.toLowerCase()),
  )
  return {
    notes: notes.map(({ id, data }) => ({
      link: linkTo('note', id, context),
      // An id of content has no underscore, so no two texts share an id.
      symptom: context.markdown(data.symptom, `${id}_`).html,
      architectures: linksTo('architecture', inColumnOrder(data.architectures, context), context),
      languages: data.languages.map(languageInWords),
      day: viewDay(data.date, context.asOf),
    })),
    index: architectureIndex('notes', notes, context),
  }
}
