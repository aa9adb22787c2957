import { z } from 'zod'
import { PartialDay } from './day.ts'
import { referenceTo } from './identifier.ts'
import { Link } from './link.ts'
import { Line, Phrase } from './text.ts'

/** A machine that software was tried on, or that a reader can buy or rent. */
export const Hardware = z.strictObject({
  name: Line(100).describe('Name as its vendor writes it'),
  kind: z.enum(['board', 'server', 'cloud', 'cluster', 'processor']).describe('What kind of machine it is'),
  summary: Phrase(300).describe('What it is, in a sentence or two'),
  vendor: Line(100).optional().describe('Who makes or rents it'),
  architectures: z
    .array(referenceTo('architecture'))
    .min(1, 'at least one architecture')
    .max(10)
    .describe('Architectures that it runs'),
  date: PartialDay.describe('When what it says was true'),
  link: Link.optional().describe('Its own page'),
  facts: z
    .array(z.strictObject({ name: Line(80), value: Line(200) }))
    .max(30)
    .default([])
    .describe('What a data sheet says: cores, memory'),
  prices: z
    .array(z.strictObject({ price: Line(80), date: PartialDay, link: Link.optional() }))
    .max(20)
    .default([])
    .describe('What it cost, and when'),
  projects: z.array(referenceTo('project')).max(50).default([]).describe('Projects that were tried on it'),
})
export type Hardware = z.infer<typeof Hardware>
