import { z } from 'zod'
import { ciProviders, expectedRepository, groupAndProject, ownerAndName, type CiProvider } from './ci-provider.ts'
import { Day } from './day.ts'
import { referenceTo } from './identifier.ts'
import { WebLink } from './link.ts'
import { Execution, Level } from './status-words.ts'
import { Line } from './text.ts'

/**
 * A registration: which CI job counts for which project, architecture and level. A job that no
 * registration names is counted and dropped: a green job on an Arm runner may lint titles.
 */
export const Source = z
  .strictObject({
    provider: z.enum(ciProviders).describe('CI system: `github-actions`, `gitlab`'),
    repository: Line(200).describe('Repository as the provider names it: `owner/name`'),
    repositoryId: z
      .string()
      .regex(/^[0-9a-f][0-9a-f-]{0,39}$/, 'the number or UUID by which the provider knows the repository')
      .optional()
      .describe('Id by number, which outlives a rename and cannot be taken by somebody else'),
    workflow: Line(200)
      .optional()
      .describe('Workflow or pipeline that the job belongs to, by the name that its results give it'),
    job: Line(200).describe('Full name of the job; `*` stands for any text'),
    project: referenceTo('project').describe('Id of the project that the job is about'),
    architecture: referenceTo('architecture').describe('Architecture that the job runs on or builds for'),
    level: Level.describe('What the job proves when it passes'),
    execution: Execution.default('native').describe('Whether it runs on the architecture itself'),
    link: WebLink.optional().describe('Page for readers, where the results name none'),
    expires: Day.optional().describe('From this day on the job no longer counts'),
  })
  .refine(isNot(ownerAndName), { path: ['repository'], error: ownerAndName })
  .refine(isNot(groupAndProject), { path: ['repository'], error: groupAndProject })
export type Source = z.infer<typeof Source>

/** Whether something else is wrong with the name of a repository than that it has not this form, or nothing is. */
function isNot(form: string) {
  return ({ provider, repository }: { provider: CiProvider; repository: string }) =>
    expectedRepository(provider, repository) !== form
}

/** Whether a job's full name is one that a pattern means: `*` stands for any text. */
export function matchesJob(pattern: string, job: string): boolean {
  const parts = pattern.split('*')
  const [first = '', ...rest] = parts
  if (rest.length === 0) return job === pattern
  if (!job.startsWith(first)) return false
  let from = first.length
  const last = rest.pop() ?? ''
  for (const part of rest) {
    const at = job.indexOf(part, from)
    if (at === -1) return false
    from = at + part.length
  }
  return job.length >= from + last.length && job.endsWith(last)
}

/** Whether two patterns can mean the same job: then it would count twice. */
export function patternsOverlap(a: string, b: string): boolean {
  // Whether some text matches both: positions in both patterns, walked together.
  const seen = new Set<number>()
  const walk = (i: number, j: number): boolean => {
    const key = i * (b.length + 1) + j
    if (seen.has(key)) return false
    seen.add(key)
    if (i === a.length && j === b.length) return true
    if (a[i] === '*' && (walk(i + 1, j) || (j < b.length && walk(i, j + 1)))) return true
    if (b[j] === '*' && (walk(i, j + 1) || (i < a.length && walk(i + 1, j)))) return true
    return i < a.length && j < b.length && a[i] === b[j] && a[i] !== '*' && walk(i + 1, j + 1)
  }
  return walk(0, 0)
}
