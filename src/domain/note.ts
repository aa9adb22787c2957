import { z } from 'zod'
import { PartialDay } from './day.ts'
import { Identifier, referenceTo } from './identifier.ts'
import { Link } from './link.ts'
import { Line, Phrase, Prose } from './text.ts'

/** A pattern that finds the trap in a source tree. */
export const Detector = z.strictObject({
  pattern: z
    .string()
    .min(1, 'a pattern')
    .max(500, 'at most 500 characters')
    .describe('Extended regular expression, as for `grep -E`'),
  files: Line(160).optional().describe('Files to look into, as a glob: `*.go`'),
  meaning: Phrase(200).optional().describe('What a match means'),
})

/** What it takes on an architecture: a flag, a page size, a missing intrinsic. */
export const Note = z.strictObject({
  title: Phrase(120),
  summary: Phrase(300),
  date: PartialDay.describe('When what it says was true'),
  symptom: Prose.describe('What a person sees: the message, the wrong number'),
  cause: Prose,
  fix: Prose,
  detect: z.array(Detector).max(20).default([]),
  architectures: z.array(referenceTo('architecture')).min(1, 'at least one architecture').max(32),
  languages: z.array(Identifier).max(20).default([]),
  projects: z.array(referenceTo('project')).max(50).default([]),
  recipes: z.array(referenceTo('recipe')).max(50).default([]),
  links: z
    .array(z.strictObject({ title: Line(160), link: Link }))
    .max(50)
    .default([]),
})
export type Note = z.infer<typeof Note>
