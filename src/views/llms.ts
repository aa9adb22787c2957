/** What a site says to language models and the programs around them, in the form of https://llmstxt.org (v2). */
import { basisWords, meaningOfBasis, meaningOfSupport, supportWords } from '#domain/status-words.ts'
import { textPathOf } from './api-projects.ts'
import { calendarPath } from './calendar.ts'
import type { ViewContext } from './context.ts'
import { feedFormats } from './feed.ts'
import { publicIssues } from './links.ts'
import { sortedProjects, viewColumns } from './matrix.ts'

export interface LlmsLink {
  label: string
  address: string
  about: string
}

export interface LlmsView {
  title: string
  summary: string
  /** Day of the clock. */
  asOf: string
  architectures: string[]
  words: { word: string; meaning: string }[]
  /** Where a project is, with `{id}` in the place of its id. */
  addresses: { data: string; text: string }
  sections: { title: string; links: LlmsLink[] }[]
}

/** More of them would be a list that nobody reads; the API has all. */
const mostListed = 300

export function viewLlms(context: ViewContext): LlmsView {
  const { catalog, asOf, absoluteAddressOf } = context
  const { site } = catalog
  const to = (label: string, path: string, about: string): LlmsLink => ({
    label,
    address: absoluteAddressOf(path),
    about,
  })
  const knowledge = (['recipe', 'note'] as const).flatMap((kind) =>
    [...catalog[kind].values()]
      .slice(0, mostListed)
      .map(({ id, data }) => to(data.title, `/${kind}s/${id}/`, data.summary)),
  )
  const projects = sortedProjects(context)
  return {
    title: site.title,
    summary: site.description ?? site.tagline ?? `Which software works on which CPU architecture, with proof.`,
    asOf: asOf.slice(0, 10),
    architectures: viewColumns(context).map(({ id }) => id),
    words: [
      ...supportWords.map((word) => ({ word, meaning: meaningOfSupport[word] })),
      ...basisWords.map((word) => ({ word, meaning: meaningOfBasis[word] })),
    ],
    addresses: {
      data: absoluteAddressOf('/api/v1/projects/').concat('{id}.json'),
      text: absoluteAddressOf('/').concat(textPathOf('{id}').slice(1)),
    },
    sections: [
      {
        title: 'Data',
        links: [
          to(
            'Every project',
            '/api/v1/projects.json',
            'ids, names, package URLs, architectures of which something is known',
          ),
          to('The matrix', '/api/v1/matrix.json', 'every status, by columns'),
          to('The matrix as a table', '/matrix.csv', 'one row a project and architecture, with version, date and link'),
          to('Changes', '/api/v1/changes.json', 'the newest changes of all statuses'),
          to('OpenAPI', '/api/v1/openapi.json', 'every address and schema'),
        ],
      },
      ...(projects.length > mostListed
        ? []
        : [
            {
              title: 'Projects',
              links: projects.map(({ id, data }) => to(data.name, textPathOf(id), data.summary)),
            },
          ]),
      { title: 'Porting knowledge', links: knowledge },
      {
        title: 'Optional',
        links: [
          to('What the words mean', '/status-words/', 'the rule that derives a status'),
          to('Data and API', '/api/', 'the same addresses, with examples'),
          to('Badges', '/badges/', 'statuses for a README'),
          ...(publicIssues(context).length > 0
            ? Object.values(feedFormats).map(({ name, file }) =>
                to(`Newsletter (${name})`, `/${file}`, 'every issue with its text'),
              )
            : []),
          ...(catalog.event.size > 0 ? [to('Events', calendarPath, 'as a calendar')] : []),
        ],
      },
    ].filter(({ links }) => links.length > 0),
  }
}
