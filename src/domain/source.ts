import { z } from 'zod'
import { Day } from './day.ts'
import { Identifier, referenceTo } from './identifier.ts'
import { Execution, Level } from './status-words.ts'
import { Line, WholeNumber } from './text.ts'

/** A registration: which CI job counts for which project, architecture and level. */
export const Source = z.strictObject({
  provider: Identifier.describe('CI system: `github-actions`, `gitlab`'),
  repository: Line(200).describe('Repository as the provider names it: `redis/redis`'),
  repositoryId: WholeNumber.optional().describe('Numeric id, which outlives a rename'),
  workflow: Line(200).optional().describe('Workflow file or pipeline that the job belongs to'),
  job: Line(200).describe('Full name of the job'),
  project: referenceTo('project'),
  architecture: referenceTo('architecture'),
  level: Level.describe('What the job proves when it passes'),
  execution: Execution.default('native'),
  expires: Day.optional().describe('From this day on the job no longer counts'),
})
export type Source = z.infer<typeof Source>
