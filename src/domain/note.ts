import { z } from 'zod'
import { PartialDay } from './day.ts'
import { faultOfPattern } from './extended-regex.ts'
import { Identifier, referenceTo } from './identifier.ts'
import { Link } from './link.ts'
import { Line, Phrase, Prose } from './text.ts'

/** A pattern that finds the trap in a source tree. */
export const Detector = z.strictObject({
  pattern: z
    .string()
    .min(1, 'a pattern')
    .max(500, 'at most 500 characters')
    .refine((pattern) => faultOfPattern(pattern) === undefined, {
      error: ({ input }) =>
        `a pattern that \`grep -E\` reads; in this one ${faultOfPattern(String(input)) ?? 'nothing is wrong'}`,
      params: { code: 'bad-pattern' },
    })
    .describe('Extended regular expression, as for `grep -E`'),
  files: Line(160).optional().describe('Files to look into, as a glob: `*.go`'),
  meaning: Phrase(200).optional().describe('What a match means'),
})

/** What it takes on an architecture: a flag, a page size, a missing intrinsic. */
export const Note = z.strictObject({
  title: Phrase(120).describe('The trap, in a few words'),
  summary: Phrase(300).describe('Who meets it and how to get out, in a sentence or two'),
  date: PartialDay.describe('When what it says was true'),
  symptom: Prose.describe('What a person sees: the message, the wrong number'),
  cause: Prose.describe('Why it happens'),
  fix: Prose.describe('What to do about it'),
  detect: z.array(Detector).max(20).default([]).describe('Patterns that find it in a source tree'),
  architectures: z
    .array(referenceTo('architecture'))
    .min(1, 'at least one architecture')
    .max(32)
    .describe('Architectures on which it happens'),
  languages: z.array(Identifier).max(20).default([]).describe('Languages in which it happens: `go`, `c`'),
  projects: z.array(referenceTo('project')).max(50).default([]).describe('Projects that met it'),
  recipes: z.array(referenceTo('recipe')).max(50).default([]).describe('Recipes that run into it'),
  links: z
    .array(z.strictObject({ title: Line(160), link: Link }))
    .max(50)
    .default([])
    .describe('Where to read on'),
})
export type Note = z.infer<typeof Note>
