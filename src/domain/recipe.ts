import { z } from 'zod'
import { Execution } from './status-words.ts'
import { Day, PartialDay } from './day.ts'
import { Identifier, referenceTo } from './identifier.ts'
import { Link, WebLink } from './link.ts'
import { Commands, Line, Prose } from './text.ts'

/** A machine and the result that somebody got on it with the recipe. */
export const TestedOn = z.strictObject({
  architecture: referenceTo('architecture'),
  hardware: referenceTo('hardware').optional(),
  machine: Line(160).optional().describe('The machine in words, where `hardware` has no page for it'),
  os: Line(120).optional(),
  version: Line(120).optional().describe('Version that was built or run'),
  date: PartialDay,
  result: z.enum(['works', 'builds', 'fails']),
  execution: Execution.default('native').describe('How it ran there: `native`, `emulated`, `cross`'),
  duration: Line(120).optional().describe('How long it took, in words: "98 minutes"'),
  note: Prose.optional(),
})
export type TestedOn = z.infer<typeof TestedOn>

/** One step. Its title says what is done, its commands how, its text what to watch for. */
export const Step = z.strictObject({
  id: Identifier.optional().describe('Anchor of the step; made from the title where it is missing'),
  title: Line(140),
  text: Prose.optional(),
  run: Commands.optional().describe('Commands to type, as text'),
  notNeededSince: z
    .strictObject({ date: PartialDay, why: Prose })
    .optional()
    .describe('From when on the step can be left out, and why'),
})
export type Step = z.infer<typeof Step>

/** An edit to somebody's source, described: which file, which function, what changes and why. */
export const Patch = z.strictObject({
  file: Line(200),
  function: Line(160).optional(),
  change: Prose,
  why: Prose,
  step: Identifier.optional().describe('Id of the step that applies it'),
})

export const EnvironmentVariable = z.strictObject({
  name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'the name of an environment variable'),
  value: Line(300).optional(),
  meaning: Line(300),
})

export const Checklist = z.strictObject({
  title: Line(140),
  text: Prose.optional(),
  items: z.array(Line(200)).min(1, 'at least one item').max(200),
})

export const Verification = z.strictObject({
  text: Prose.optional(),
  run: Commands.optional(),
  expect: Prose.describe('What a reader sees when it worked'),
})

/** How to build or run something somewhere: structured steps, and where they were tried. */
export const Recipe = z.strictObject({
  title: Line(120),
  summary: Line(300),
  date: PartialDay.describe('When what it says was true'),
  projects: z.array(referenceTo('project')).min(1, 'at least one project').max(50),
  architectures: z.array(referenceTo('architecture')).min(1, 'at least one architecture').max(32),
  source: z
    .strictObject({
      title: Line(200),
      author: Line(160).optional(),
      date: PartialDay.optional(),
      link: WebLink.optional(),
    })
    .optional()
    .describe('Document that the facts come from'),
  notes: z.array(referenceTo('note')).max(50).default([]).describe('Portability notes it runs into'),
  hardware: z.array(referenceTo('hardware')).max(20).default([]),
  requirements: z.array(Line(300)).max(50).default([]).describe('What to have before the first step'),
  testedOn: z.array(TestedOn).max(50).default([]),
  updates: z
    .array(z.strictObject({ date: Day, text: Prose }))
    .max(50)
    .default([])
    .describe('What changed after the recipe was written'),
  environment: z.array(EnvironmentVariable).max(50).default([]),
  steps: z.array(Step).min(1, 'at least one step').max(60),
  patches: z.array(Patch).max(50).default([]),
  checklists: z.array(Checklist).max(10).default([]),
  verify: z.array(Verification).max(20).default([]).describe('How to see that it worked'),
  links: z
    .array(z.strictObject({ title: Line(160), link: Link }))
    .max(50)
    .default([])
    .describe('Where to read on'),
})
export type Recipe = z.infer<typeof Recipe>
