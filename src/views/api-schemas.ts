/**
 * What programs read below `/api/v1/`: one schema an answer, and the types that come from it. Within
 * `v1` fields are added, never renamed and never removed, and a word never changes its meaning.
 */
import { z } from 'zod'
import { fateWords } from '#domain/streams.ts'
import {
  Address,
  ApiCell,
  ApiChange,
  ApiClaim,
  ArchitectureId,
  Basis,
  Execution,
  Instant,
  Level,
  ProjectId,
  Support,
} from './api-parts.ts'

/** What every answer begins with. */
const head = {
  $schema: Address.describe('Address of the JSON Schema of this answer'),
  asOf: Instant.describe('Clock of the build: nothing that was seen or said later is in the answer'),
  licence: z.strictObject({ name: z.string(), link: Address }).optional().describe('Licence of the data'),
}

export const ApiMatrix = z
  .strictObject({
    ...head,
    architectures: z.array(ArchitectureId).describe('The columns'),
    projects: z.array(ProjectId).describe('The rows, sorted by id'),
    statuses: z
      .array(
        z
          .strictObject({
            support: Support,
            basis: Basis,
            level: Level.optional(),
            execution: Execution.optional(),
          })
          .meta({
            id: 'MatrixStatus',
            description: 'A status that at least one cell has; its fields are those of a cell',
          }),
      )
      .describe('Every distinct status, once'),
    cells: z
      .record(z.string(), z.array(z.number().int().min(0)))
      .describe(
        'For each architecture a list as long as `projects`: the place in `statuses` of the project at the same place',
      ),
  })
  .meta({
    id: 'Matrix',
    description:
      'The whole matrix, by columns: `statuses[cells[architecture][place]]` is the status of `projects[place]`',
  })
export type ApiMatrix = z.infer<typeof ApiMatrix>

const project = {
  id: ProjectId,
  name: z.string().describe('Name as its authors write it'),
  summary: z.string().describe('What it is, in one line'),
  homepage: Address,
  repository: Address.optional().describe('Where its sources are'),
  categories: z.array(z.string()).describe('Ids of categories'),
  languages: z.array(z.string()).describe('Languages it is written in: `go`, `c`'),
  aliases: z.array(z.string()).describe('Other names'),
  identifiers: z.array(z.string()).describe('Package URLs that mean this project'),
  page: Address.describe('Its page, for people'),
}

export const ApiProjects = z
  .strictObject({
    ...head,
    projects: z
      .array(
        z
          .strictObject({
            ...project,
            known: z.array(ArchitectureId).describe('Architectures of which something is known'),
          })
          .meta({ id: 'ProjectEntry', description: 'A project in the list of all' }),
      )
      .describe('Every project, sorted by id'),
  })
  .meta({ id: 'Projects', description: 'Every project, without its statuses' })
export type ApiProjects = z.infer<typeof ApiProjects>

export const ApiProject = z
  .strictObject({
    ...head,
    ...project,
    text: Address.describe('Its page as Markdown'),
    notes: z.array(z.string()).describe('Ids of portability notes that touch it'),
    recipes: z.array(z.string()).describe('Ids of recipes that build or run it'),
    alternatives: z.array(ProjectId).describe('Projects to use where it does not work'),
    blockedBy: z.array(ProjectId).describe('Projects whose missing port blocks this one'),
    architectures: z
      .record(z.string(), ApiCell)
      .describe('For each architecture what is told; every architecture is there, also where nothing is known'),
    claims: z.array(ApiClaim).describe('What sources say, the newest first'),
    history: z.array(ApiChange).describe('Changes of its statuses, the newest first'),
  })
  .meta({ id: 'Project', description: 'Everything that is told about one project' })
export type ApiProject = z.infer<typeof ApiProject>

export const ApiIssues = z
  .strictObject({
    ...head,
    issues: z
      .array(
        z
          .strictObject({
            id: z.string().describe('The number as the address has it: `0001`'),
            number: z.number().int().min(0),
            title: z.string(),
            date: z.string().describe('Day of the issue, or its instant'),
            published: Instant,
            updated: Instant.describe('When it was published or last corrected'),
            summary: z.string(),
            authors: z.array(z.string()).describe('Names'),
            sections: z.array(z.string()).describe('Ids of sections'),
            projects: z.array(ProjectId).describe('Projects that it speaks of'),
            events: z.array(z.string()).describe('Ids of events that it speaks of'),
            hardware: z.array(z.string()).describe('Ids of machines that it speaks of'),
            items: z
              .array(
                z.strictObject({
                  id: z.string(),
                  title: z.string(),
                  link: Address.describe('What it is about'),
                  date: z.string(),
                  section: z.string(),
                  projects: z.array(ProjectId),
                  architectures: z.array(ArchitectureId),
                  page: Address.describe('Where the issue tells it'),
                }),
              )
              .describe('Pieces of news that the issue took in'),
            page: Address.describe('The issue, for people; the feeds hold its whole text'),
          })
          .meta({ id: 'Issue', description: 'An issue of the newsletter' }),
      )
      .describe('Every public issue, the newest first'),
  })
  .meta({ id: 'Issues', description: 'The issues of the newsletter' })
export type ApiIssues = z.infer<typeof ApiIssues>

export const ApiChanges = z
  .strictObject({
    ...head,
    changes: z.array(ApiChange).describe('The newest changes, the newest day first; a day is never cut'),
    years: z
      .array(
        z
          .strictObject({
            year: z.string().regex(/^\d{4}$/),
            count: z.number().int().min(1).describe('How many changes the year has'),
            address: Address.describe('Where they all are'),
          })
          .meta({ id: 'YearOfChanges', description: 'A year that has changes' }),
      )
      .describe('Years that have changes, the newest first'),
  })
  .meta({ id: 'Changes', description: 'The newest changes of all statuses, and where the older ones are' })
export type ApiChanges = z.infer<typeof ApiChanges>

export const ApiChangesOfYear = z
  .strictObject({
    ...head,
    year: z.string().regex(/^\d{4}$/),
    changes: z.array(ApiChange).describe('Every change of the year, the newest day first'),
  })
  .meta({ id: 'ChangesOfYear', description: 'Every change of one year' })
export type ApiChangesOfYear = z.infer<typeof ApiChangesOfYear>

/** As shields.io reads it: https://shields.io/badges/endpoint-badge */
export const BadgeEndpoint = z
  .strictObject({
    schemaVersion: z.literal(1),
    label: z.string().min(1).describe('Left part: the architecture'),
    message: z.string().min(1).describe('Right part: the status in words'),
    color: z
      .string()
      .regex(/^#[0-9a-f]{6}$/)
      .describe('Colour of the right part'),
    labelColor: z
      .string()
      .regex(/^#[0-9a-f]{6}$/)
      .describe('Colour of the left part'),
    cacheSeconds: z.number().int().describe('For how long shields.io may keep it'),
  })
  .meta({ id: 'BadgeEndpoint', description: 'A badge as shields.io reads it' })
export type BadgeEndpoint = z.infer<typeof BadgeEndpoint>

/** What `explain --json` prints: the cell of the API, and what it was derived from. */
export const ExplainedCell = z
  .strictObject({
    project: ProjectId,
    architecture: ArchitectureId,
    ...ApiCell.shape,
    witnesses: z.array(z.string()).describe('Ids of the records that decided, the most telling first'),
    claims: z.array(ApiClaim).describe('Claims about the cell'),
    evidence: z
      .array(
        z
          .looseObject({
            fate: z.enum(fateWords),
            id: z.string(),
            project: ProjectId,
            retraction: z
              .strictObject({ why: z.string(), by: z.string().optional() })
              .optional()
              .describe('What was wrong with a record that was taken back, and who took it back'),
          })
          .meta({ id: 'RecordWithFate', description: 'A record as it is stored, and what became of it' }),
      )
      .describe('Every record of the cell'),
  })
  .meta({ id: 'ExplainedCell', description: 'A cell, and what it was derived from' })
export type ExplainedCell = z.infer<typeof ExplainedCell>

/** The answers by the name of their schema: `/api/v1/schemas/<name>.json`. */
export const answerSchemas = {
  matrix: ApiMatrix,
  projects: ApiProjects,
  'project-data': ApiProject,
  issues: ApiIssues,
  changes: ApiChanges,
  'changes-of-year': ApiChangesOfYear,
  badge: BadgeEndpoint,
  cell: ExplainedCell,
} as const satisfies Record<string, z.ZodType>
export type AnswerName = keyof typeof answerSchemas
/** `Object.keys` forgets that it gives the keys of this very object. */
export const answerNames = Object.keys(answerSchemas) as AnswerName[]
