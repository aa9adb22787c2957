/** What the answers of the API are made of (`api-schemas.ts`): cells, changes, claims. */
import { z } from 'zod'
import { directions } from '#domain/changes.ts'
import { Identifier } from '#domain/identifier.ts'
import {
  Basis as BasisWord,
  Execution as ExecutionWord,
  Level as LevelWord,
  Support as SupportWord,
} from '#domain/status-words.ts'

export const Address = z.string().regex(/^https?:\/\/\S+$/)
export const ProjectId = Identifier.describe('Id of a project; it never changes its meaning')
export const ArchitectureId = Identifier.describe(
  'Id of an architecture, as in the address of its page: `/architectures/<id>/`',
)
export const Day = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/)
export const Instant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/)

export const Support = SupportWord.meta({
  id: 'Support',
  description: 'What is told about a project on an architecture',
})
export const Basis = BasisWord.meta({ id: 'Basis', description: 'How sure that is' })
export const Level = LevelWord.meta({ id: 'Level', description: 'What runs showed, at most' })
export const Execution = ExecutionWord.meta({ id: 'Execution', description: 'How runs were executed' })

export const ApiCell = z
  .strictObject({
    support: Support,
    basis: Basis,
    level: Level.optional(),
    execution: Execution.optional(),
    version: z.string().optional().describe('Version that was shown or claimed, as its author writes it'),
    observedAt: z
      .union([Day, Instant])
      .optional()
      .describe('When what decided was seen (an instant) or said (a day, a month or a year)'),
    link: Address.optional().describe('Where a reader can check it'),
    staleOn: Day.optional().describe('First day on which the status loses its certainty, if nothing new is learnt'),
    reasons: z.array(z.string()).min(1).describe('Why, as sentences for people; their wording may change'),
  })
  .meta({ id: 'Cell', description: 'What is told about one project on one architecture' })
export type ApiCell = z.infer<typeof ApiCell>

const Standing = z
  .strictObject({ support: Support, basis: Basis })
  .meta({ id: 'Standing', description: 'The two words that a status is told by' })
export type Standing = z.infer<typeof Standing>

export const ApiChange = z
  .strictObject({
    on: Day.describe('Day of the change; a month or a year where the source tells no more'),
    project: ProjectId,
    architecture: ArchitectureId,
    direction: z
      .enum(directions)
      .describe(
        'What it means: support `gained` or `lost`, a negative `recorded` where nothing was known, the same support `verified` by a run, `disputed` where a run and a claim contradict each other, `renewed` by a newer source, or `went-stale`',
      ),
    from: Standing,
    to: Standing,
    version: z.string().optional().describe('Version that the new status was shown or claimed for'),
    link: Address.optional().describe('Where a reader can check the new status'),
  })
  .meta({ id: 'Change', description: 'A day on which the status of one cell became another one' })
export type ApiChange = z.infer<typeof ApiChange>

export const ApiClaim = z
  .strictObject({
    architectures: z.array(ArchitectureId).min(1),
    support: Support,
    date: Day.describe('When the source said it'),
    link: Address.describe('Where the source says it'),
    since: z.string().optional().describe('First version that it is true for'),
    until: z.string().optional().describe('Last version that it was true for'),
    version: z.string().optional().describe('Version that the source speaks of'),
    scope: z
      .strictObject({
        os: z.string().optional(),
        libc: z.string().optional(),
        pageSize: z.string().optional(),
        distribution: z.string().optional(),
      })
      .optional()
      .describe('Limits of the statement; a scoped claim never decides the status'),
    note: z.string().optional().describe('What a reader must know beside the word, as Markdown'),
    by: z.string().optional().describe('Who says it'),
  })
  .meta({ id: 'Claim', description: 'What one source says about a project' })
export type ApiClaim = z.infer<typeof ApiClaim>
