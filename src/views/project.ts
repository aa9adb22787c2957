/** A project's page: its data sheet. */
import type { Catalog, Entry } from '#domain/catalog.ts'
import type { Project } from '#domain/project.ts'
import type { ViewContext } from './context.ts'
import { waysToCorrectCell, type WaysToCorrect } from './ways-to-correct.ts'
import { codeFact, linkFact, textFact, type Fact } from './fact.ts'
import { viewKnown, type KnownView } from './known.ts'
import { languageInWords } from './languages.ts'
import { newsAbout } from './issue-mentions.ts'
import { byLabel, linksTo, mentionsOfProject, type LinkView } from './links.ts'
import { viewColumns } from './matrix.ts'
import { viewMeasurements, type MeasurementSeries } from './measurements.ts'

export interface ProjectView {
  id: string
  ways: WaysToCorrect
  name: string
  summary: string
  homepage: string
  categories: LinkView[]
  facts: Fact[]
  /** Architectures of which something is said, then the names of the others. */
  known: KnownView[]
  unknown: LinkView[]
  /** A column that no row fills is left out. */
  hasLevel: boolean
  hasVersion: boolean
  hasSpeaker: boolean
  /** What it waits for, what waits for it, and what can stand in for it. */
  related: Fact[]
  mentions: Fact[]
  measurements: MeasurementSeries[]
  aliases: string[]
  identifiers: string[]
  description: string
}

export function viewProject(project: Entry<Project>, context: ViewContext): ProjectView {
  const { data, id } = project
  const { catalog } = context
  const all = viewColumns(context).map((column) => viewKnown(project, column, context))
  const isKnown = ({ source, others, runs }: KnownView) => source !== undefined || others.length + runs.length > 0
  const known = all.filter(isKnown)
  const categories = linksTo('category', data.categories, context)
  const mentions = mentionsOfProject(id, context)
  return {
    id,
    ways: waysToCorrectCell(id, undefined, context),
    name: data.name,
    summary: data.summary,
    homepage: data.homepage,
    categories,
    facts: [
      { name: 'Home page', links: [{ label: withoutScheme(data.homepage), address: data.homepage }] },
      ...(data.repository === undefined
        ? []
        : linkFact('Sources', [{ label: withoutScheme(data.repository), address: data.repository }])),
      ...linkFact(data.categories.length === 1 ? 'Category' : 'Categories', categories),
      ...textFact('Written in', ...data.languages.map(languageInWords)),
      ...textFact('Also called', ...data.aliases),
      ...codeFact('Package URLs', ...data.identifiers),
    ],
    known,
    unknown: all.filter((row) => !isKnown(row)).map(({ id: label, address }) => ({ label, address })),
    hasLevel: known.some(({ level }) => level !== undefined),
    hasVersion: known.some(({ version }) => version !== undefined),
    hasSpeaker: known.some(({ by }) => by !== undefined),
    related: [
      ...linkFact('Waits for a port of', linksTo('project', data.blockedBy, context)),
      ...linkFact('Waited for by', byLabel(linksTo('project', waitingFor(id, catalog), context))),
      ...linkFact('Alternatives', linksTo('project', data.alternatives, context)),
    ],
    mentions: [
      ...linkFact('Portability notes', mentions.notes),
      ...linkFact('Recipes', mentions.recipes),
      ...linkFact('Newsletter', newsAbout('project', id, context)),
      ...linkFact('Hardware', mentions.hardware),
      ...linkFact('Events', mentions.events),
    ],
    measurements: viewMeasurements(id, context),
    aliases: data.aliases,
    identifiers: data.identifiers,
    description: describe(data, known, catalog.site.title),
  }
}

/** Projects whose port waits for this one. Every project asks, so that one pass over all of them answers. */
function waitingFor(id: string, catalog: Catalog): readonly string[] {
  let waiting = waitingOfCatalog.get(catalog)
  if (!waiting) {
    const pairs = [...catalog.project.values()].flatMap(({ id: waits, data }) =>
      data.blockedBy.map((on) => ({ waits, on })),
    )
    waiting = Map.groupBy(pairs, ({ on }) => on)
    waitingOfCatalog.set(catalog, waiting)
  }
  return [...new Set(waiting.get(id)?.map(({ waits }) => waits))]
}

const waitingOfCatalog = new WeakMap<Catalog, ReadonlyMap<string, readonly { waits: string; on: string }[]>>()

function withoutScheme(address: string): string {
  return address.replace(/^https?:\/\/(www\.)?|\/$/g, '')
}

/** What a search engine or a preview shows: the answer first, as much of it as they show. */
function describe(data: Project, known: readonly KnownView[], siteTitle: string): string {
  const states = known
    .slice(0, 4)
    .map(({ id, label, basisLabel }) => `${id}: ${label} (${basisLabel})`)
    .join('; ')
  const answer = states === '' ? `${siteTitle} knows of no statement about any architecture yet` : states
  return shortened(`${data.name}: ${shortened(data.summary, 140)}. ${answer}.`, 300)
}

function shortened(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1).trimEnd()}…` : text
}
