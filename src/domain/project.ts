import { z } from 'zod'
import { Claim } from './claim.ts'
import { Identifier, PackageUrl, referenceTo } from './identifier.ts'
import { OldAddress, WebLink } from './link.ts'
import { Line, Phrase, Version } from './text.ts'

/** A piece of software. Its id is its file name; its prose says what to know when porting it. */
export const Project = z.strictObject({
  name: Line(100).describe('Name as its authors write it'),
  summary: Phrase(200).describe('What it is, in one line without its name'),
  homepage: WebLink.describe('Where a reader finds it'),
  repository: WebLink.optional().describe('Where its sources are'),
  categories: z
    .array(referenceTo('category'))
    .min(1, 'at least one category')
    .max(5)
    .describe('What kind of software it is: ids of categories.yml'),
  languages: z.array(Identifier).max(10).default([]).describe('Languages it is written in: `go`, `c`'),
  aliases: z.array(Line(80)).max(30).default([]).describe('Other names that readers search for'),
  identifiers: z.array(PackageUrl).max(50).default([]).describe('Package URLs that mean this project'),
  releases: z
    .array(Version())
    .max(1000)
    .default([])
    .describe('Versions in the order of their releases, the oldest first, where comparing them would get it wrong'),
  claims: z
    .array(Claim)
    .max(500)
    .default([])
    .describe('What sources say about it, one entry a statement; the newest of an architecture counts'),
  notes: z.array(referenceTo('note')).max(50).default([]).describe('Portability notes that touch it'),
  recipes: z.array(referenceTo('recipe')).max(50).default([]).describe('Recipes that build or run it'),
  alternatives: z.array(referenceTo('project')).max(20).default([]).describe('What to use where it does not work'),
  blockedBy: z
    .array(referenceTo('project'))
    .max(20)
    .default([])
    .describe('Projects whose missing port blocks this one'),
  redirectsFrom: z
    .array(OldAddress)
    .max(10)
    .default([])
    .describe('Old addresses of this site that lead to the project: `/old-name/`'),
  removes: z
    .array(Line(2000))
    .max(500)
    .default([])
    .describe(
      'Links, dates or architectures of claims that were removed on purpose: without a word of it, none may go',
    ),
})
export type Project = z.infer<typeof Project>

/** What stays in the place of a renamed project, so that its old address keeps answering. */
export const MovedProject = z.strictObject({
  movedTo: referenceTo('project').describe('Id that the project has now'),
})
export type MovedProject = z.infer<typeof MovedProject>
