import { z } from 'zod'
import { PartialDay } from './day.ts'
import { referenceTo } from './identifier.ts'
import { Link } from './link.ts'
import { Line, Phrase } from './text.ts'

/** A machine that software was tried on, or that a reader can buy or rent. */
export const Hardware = z.strictObject({
  name: Line(100),
  kind: z.enum(['board', 'server', 'cloud', 'cluster', 'processor']),
  summary: Phrase(300),
  vendor: Line(100).optional(),
  architectures: z.array(referenceTo('architecture')).min(1, 'at least one architecture').max(10),
  date: PartialDay.describe('When what it says was true'),
  link: Link.optional(),
  facts: z
    .array(z.strictObject({ name: Line(80), value: Line(200) }))
    .max(30)
    .default([])
    .describe('What a data sheet says: cores, memory'),
  prices: z
    .array(z.strictObject({ price: Line(80), date: PartialDay, link: Link.optional() }))
    .max(20)
    .default([]),
  projects: z.array(referenceTo('project')).max(50).default([]),
})
export type Hardware = z.infer<typeof Hardware>
