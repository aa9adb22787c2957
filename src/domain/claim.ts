import { z } from 'zod'
import { PartialDay } from './day.ts'
import { referenceTo } from './identifier.ts'
import { Link } from './link.ts'
import { ClaimedSupport, supportsThatNeedNote } from './status-words.ts'
import { Line, Prose, Version } from './text.ts'

export const Scope = z
  .strictObject({
    os: Line(80).optional().describe('Operating system the claim is limited to: `freebsd`'),
    libc: Line(80).optional().describe('C library the claim is limited to: `musl`, `glibc>=2.28`'),
    pageSize: Line(20).optional().describe('Page size the claim is limited to: `64k`'),
    distribution: Line(80).optional().describe('Distribution the claim is limited to: `Debian 12`'),
  })
  .refine((scope) => Object.keys(scope).length > 0, 'at least one of `os`, `libc`, `pageSize`, `distribution`')
export type Scope = z.infer<typeof Scope>

/** What a person says about a project on an architecture, as one source says it. */
export const Claim = z
  .strictObject({
    architectures: z
      .array(referenceTo('architecture'))
      .min(1, 'at least one architecture')
      .max(32)
      .describe('Architectures that this one statement covers'),
    support: ClaimedSupport.describe('What the source says: see /status-words/'),
    date: PartialDay.describe('When the source said it: a day, a month or a year'),
    link: Link.describe('Where the source says it'),
    since: Version().optional().describe('First version that it is true for'),
    until: Version().optional().describe('Last version that it was true for'),
    version: Version().optional().describe('Version that the source speaks of, as its author writes it'),
    scope: Scope.optional().describe('Limits of the statement; a scoped claim never colours the cell'),
    note: Prose.optional().describe('What a reader must know beside the word'),
    by: Line(120).optional().describe('Who says it: an id of people.yml, or a name'),
  })
  .refine((claim) => claim.note !== undefined || !supportsThatNeedNote.includes(claim.support), {
    error: 'a sentence that tells a reader what is missing or needed',
    path: ['support'],
    params: { code: 'missing-note' },
    // Whatever else is wrong with a claim: it is all told at once.
    when: ({ value }) => typeof value === 'object' && value !== null,
  })
export type Claim = z.infer<typeof Claim>
