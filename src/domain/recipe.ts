import { z } from 'zod'
import { Execution, Level } from './status-words.ts'
import { Day, PartialDay } from './day.ts'
import { CiText } from './evidence.ts'
import { Identifier, referenceTo } from './identifier.ts'
import { Link, WebLink } from './link.ts'
import { Commands, Line, Phrase, Prose, Version } from './text.ts'

/** A machine and the result that somebody got on it with the recipe. */
export const TestedOn = z.strictObject({
  architecture: referenceTo('architecture'),
  hardware: referenceTo('hardware').optional(),
  machine: Line(160).optional().describe('The machine in words, where `hardware` has no page for it'),
  os: Line(120).optional(),
  version: Version(120).optional().describe('Version that was built or run'),
  date: PartialDay,
  result: z.enum(['works', 'builds', 'fails']),
  execution: Execution.default('native').describe('How it ran there: `native`, `emulated`, `cross`'),
  duration: Line(120).optional().describe('How long it took, in words: "98 minutes"'),
  note: Prose.optional(),
})
export type TestedOn = z.infer<typeof TestedOn>

/** A source package of Debian, as `apt-get source` brings it. */
export const Fetch = z.strictObject({
  suite: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/, 'the name of a suite such as `bookworm`')
    .describe('Suite of Debian: `bookworm`'),
  source: z
    .string()
    .regex(/^[a-z0-9][a-z0-9+.-]{1,99}$/, 'the name of a source package such as `xz-utils`')
    .describe('Source package: `xz-utils`'),
  version: z
    .string()
    .max(80, 'at most 80 characters')
    .regex(/^(?:\d+:)?\d[A-Za-z0-9.+~-]*$/, 'a version in full such as `5.4.1-1+deb12u1`')
    .describe('Its version in full, so that another one is never taken for it'),
})
export type Fetch = z.infer<typeof Fetch>

/** What a person types for it. */
export function commandOfFetch({ source, version }: Fetch): string {
  return `apt-get source ${source}=${version}`
}

/** What a run can prove; what nobody ran is `available`. */
const ProvenLevel = Level.exclude(['available'])
export type ProvenLevel = z.infer<typeof ProvenLevel>

/** A path below the folder that a run works in, without a way out of it. */
const WorkPath = z
  .string()
  .max(300, 'at most 300 characters')
  .regex(
    /^(?!(?:.*\/)?\.{1,2}(?:\/|$))[A-Za-z0-9@_.+~-]+(?:\/[A-Za-z0-9@_.+~-]+)*$/,
    'a path below the folder of the run such as `jq-1.6/jq`',
  )

/** One step. Its title says what is done, its commands how, its text what to watch for. */
export const Step = z.strictObject({
  id: Identifier.optional().describe('Anchor of the step; made from the title where it is missing'),
  title: Phrase(140),
  text: Prose.optional(),
  run: Commands.optional().describe('Commands to type, as text'),
  fetch: Fetch.optional().describe('Source package that the step unpacks, instead of commands'),
  level: ProvenLevel.optional().describe(
    'What a run has shown when the step has passed: `builds`. A step without it prepares',
  ),
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
  meaning: Phrase(300),
})

export const Checklist = z.strictObject({
  title: Phrase(140),
  text: Prose.optional(),
  items: z.array(Phrase(200)).min(1, 'at least one item').max(200),
})

export const Verification = z.strictObject({
  text: Prose.optional(),
  run: Commands.optional(),
  level: ProvenLevel.optional().describe(
    'What a run has shown when the commands have passed; `tested` where it is missing',
  ),
  report: WorkPath.optional().describe(
    'File that the commands write, in which tests are counted: TAP, JUnit XML, CTRF, or `{"passed": 9, "failed": 0, "skipped": 1}`',
  ),
  expect: Prose.describe('What a reader sees when it worked'),
})

/** What a run of a recipe is evidence of. */
export const Proves = z.strictObject({
  project: referenceTo('project'),
  version: CiText(80).describe('Version that the steps build, as its authors write it: "1.6"'),
  binaries: z
    .array(WorkPath)
    .min(1, 'at least one binary')
    .max(20)
    .describe('Programs and libraries that the tests run. Their ELF headers must name the architecture'),
})
export type Proves = z.infer<typeof Proves>

/** Whether commands show something by which a run can be judged. */
function isShown({ level, run }: { level?: ProvenLevel | undefined; run?: string | undefined }): boolean {
  return level !== undefined && run !== undefined
}

const RecipeFields = z.strictObject({
  title: Phrase(120).describe('What it builds or runs, and where'),
  summary: Phrase(300).describe('What a reader gets, in a sentence or two'),
  date: PartialDay.describe('When what it says was true'),
  projects: z
    .array(referenceTo('project'))
    .min(1, 'at least one project')
    .max(50)
    .describe('Projects that it builds or runs'),
  architectures: z
    .array(referenceTo('architecture'))
    .min(1, 'at least one architecture')
    .max(32)
    .describe('Architectures that it is for'),
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
  hardware: z.array(referenceTo('hardware')).max(20).default([]).describe('Machines that it was written on'),
  requirements: z.array(Phrase(300)).max(50).default([]).describe('What to have before the first step'),
  proves: Proves.optional().describe('What a run is evidence of: with it the command `run` can execute the recipe'),
  packages: z
    .array(z.string().regex(/^[a-z0-9][a-z0-9+.-]{1,99}$/, 'the name of a package such as `make`'))
    .max(50)
    .default([])
    .describe('Debian packages that a run needs on its machine, besides compiler and emulator'),
  testedOn: z.array(TestedOn).max(50).default([]).describe('Machines on which somebody followed it, with the result'),
  updates: z
    .array(z.strictObject({ date: Day, text: Prose }))
    .max(50)
    .default([])
    .describe('What changed after the recipe was written'),
  environment: z.array(EnvironmentVariable).max(50).default([]).describe('Variables that its commands read'),
  steps: z.array(Step).min(1, 'at least one step').max(60).describe('What to do, in order'),
  patches: z.array(Patch).max(50).default([]).describe('Changes to the source that it needs, and why'),
  checklists: z.array(Checklist).max(10).default([]).describe('Lists to tick off'),
  verify: z.array(Verification).max(20).default([]).describe('How to see that it worked'),
  links: z
    .array(z.strictObject({ title: Line(160), link: Link }))
    .max(50)
    .default([])
    .describe('Where to read on'),
})

/** How to build or run something somewhere: structured steps, and where they were tried. */
export const Recipe = RecipeFields.refine(
  ({ proves, projects }) => proves === undefined || projects.includes(proves.project),
  {
    error: 'one of the `projects` of the recipe',
    path: ['proves', 'project'],
  },
)
  .refine(({ proves, steps, verify }) => proves === undefined || steps.some(isShown) || verify.some(({ run }) => run), {
    error: 'a step with `level` and `run`, or a check with `run`, that shows it',
    path: ['proves'],
  })
  .refine(({ steps }) => steps.every(({ fetch, run }) => fetch === undefined || run === undefined), {
    error: 'steps that either `fetch` or `run`',
    path: ['steps'],
  })
export type Recipe = z.infer<typeof Recipe>
