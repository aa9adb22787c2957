/** The outputs for programs: what is where. The API's page and its OpenAPI document are made from it. */
import { idPattern } from '#domain/identifier.ts'
import type { AnswerName } from './api-schemas.ts'
import type { ViewContext } from './context.ts'

export interface ApiParameter {
  name: string
  description: string
  pattern: string
}

export interface ApiPath {
  /** Below the address of the site: `/api/v1/projects/{project}.json`. */
  path: string
  id: string
  summary: string
  mediaType: string
  /** Schema that its answer has, where it is JSON of ours. */
  answer: AnswerName | undefined
  parameters: ApiParameter[]
}

export interface ApiDescription {
  title: string
  version: string
  description: string
  licence: { name: string; link: string } | undefined
  origin: string
  /** Path below which the site lives, without a slash at its end. */
  base: string
  page: string
  paths: ApiPath[]
}

const parameters: Record<string, ApiParameter> = {
  project: {
    name: 'project',
    description: 'Id of a project; old ids of renamed ones answer',
    pattern: idPattern.source,
  },
  architecture: { name: 'architecture', description: 'Id of an architecture', pattern: idPattern.source },
  year: { name: 'year', description: 'A year that has changes', pattern: String.raw`^\d{4}$` },
  kind: { name: 'kind', description: 'Name of a schema', pattern: idPattern.source },
}

const json = 'application/json'

/** Every address for programs. */
export const apiPaths: readonly ApiPath[] = [
  at('/api/v1/matrix.json', 'matrix', 'The whole matrix, by columns', json, 'matrix'),
  at('/api/v1/projects.json', 'projects', 'Every project, without its statuses', json, 'projects'),
  at(
    '/api/v1/projects/{project}.json',
    'project',
    'Everything that is told about one project: statuses, claims, history',
    json,
    'project-data',
  ),
  at('/api/v1/changes.json', 'changes', 'The newest changes of all statuses', json, 'changes'),
  at('/api/v1/changes/{year}.json', 'changesOfYear', 'Every change of a year', json, 'changes-of-year'),
  at('/api/v1/issues.json', 'issues', 'The issues of the newsletter', json, 'issues'),
  at('/api/v1/schemas/{kind}.json', 'schema', 'The JSON Schema of an answer, or of a file of the content', json),
  at('/api/v1/openapi.json', 'openapi', 'This list, as OpenAPI 3.1', json),
  at('/api/v1/types.d.ts', 'types', 'The answers as TypeScript types', 'text/plain'),
  at('/matrix.csv', 'table', 'The whole matrix as a table, one row a cell', 'text/csv'),
  at('/badges/{project}.svg', 'badgeOfProject', 'A badge with what is known of a project', 'image/svg+xml'),
  at('/badges/{project}/{architecture}.svg', 'badgeOfCell', 'A badge with one status', 'image/svg+xml'),
  at('/badges/{project}/{architecture}.json', 'badgeEndpoint', 'The same badge for shields.io to draw', json, 'badge'),
  at('/projects/{project}/index.md', 'text', 'The page of a project as Markdown', 'text/markdown'),
  at('/events.ics', 'calendar', 'Events and deadlines as a calendar', 'text/calendar'),
]

export function viewApi({ catalog, absoluteAddressOf }: ViewContext): ApiDescription {
  const { site } = catalog
  return {
    title: `${site.title}: data`,
    version: '1.0.0',
    description:
      'Statuses of projects on CPU architectures. Files of a static site: no key, no limit of ours, and any origin may ask. Within v1 fields are added, never renamed or removed; ignore the ones you do not know.',
    licence: site.dataLicence,
    origin: new URL(absoluteAddressOf('/')).origin,
    base: new URL(absoluteAddressOf('/')).pathname.replace(/\/$/, ''),
    page: absoluteAddressOf('/api/'),
    paths: [...apiPaths],
  }
}

function at(path: string, id: string, summary: string, mediaType: string, answer?: AnswerName): ApiPath {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  return {
    path,
    id,
    summary,
    mediaType,
    answer,
    parameters: names.flatMap((name) => parameters[name] ?? []),
  }
}
