import { z } from 'zod'
import { Identifier, referenceTo } from './identifier.ts'
import { OldAddress, OwnPath, WebLink } from './link.ts'
import { MailSettings } from './mail.ts'
import { Flag, Line, Phrase } from './text.ts'

const words = z.array(Line(80)).max(30).default([])

/**
 * An architecture: a column of the matrix. The facts are data, so that a site may have other
 * columns; `aliases` and the words of the ecosystems end at the door and mean this column.
 */
export const Architecture = z.strictObject({
  name: Line(80).describe('Name for people: "x86 64-bit"'),
  summary: Phrase(200).optional(),
  control: Flag.default(false).describe('Whether it is the control column: where everything is expected to work'),
  default: Flag.default(false).describe('Whether its column is shown before a reader chooses'),
  aliases: words.describe('Other words for it that mean nothing else: what tools and systems call it'),
  ambiguous: z
    .record(z.string(), Line(160))
    .default({})
    .describe('Words that may mean it or another one, and where they mean it: refused in content'),
  oci: Line(40).optional().describe('OCI platform, with its system: `linux/amd64`'),
  debian: Line(40).optional().describe('Debian port'),
  gnu: Line(60).optional().describe('GNU triplet'),
  uname: words.describe('What `uname -m` prints on Linux'),
  go: Line(40).optional().describe('GOARCH, and GOARM where it matters'),
  rust: Line(60).optional().describe('Rust target'),
  node: Line(40).optional().describe('`process.arch` of Node.js'),
  wheel: Line(40).optional().describe('Architecture part of a Python wheel tag'),
  runner: words.describe('Labels of hosted CI runners'),
  bits: z.enum(['32', '64']).optional(),
  endianness: z.enum(['little', 'big']).optional(),
  pageSizes: words.describe('Page sizes that Linux kernels use there: `4k`, `64k`'),
})
export type Architecture = z.infer<typeof Architecture>

export const Category = z.strictObject({
  name: Line(80),
  summary: Phrase(200).optional(),
})
export type Category = z.infer<typeof Category>

export const Person = z.strictObject({
  name: Line(120),
  link: WebLink.optional(),
  affiliation: Line(160).optional().describe('With its date where it is not of today'),
})
export type Person = z.infer<typeof Person>

export const Section = z.strictObject({
  name: Line(80),
  summary: Phrase(200).optional(),
})
export type Section = z.infer<typeof Section>

export const Site = z.strictObject({
  title: Line(80),
  tagline: Phrase(200).optional().describe('What the site answers, in one sentence'),
  description: Phrase(300).optional(),
  url: WebLink.refine((url) => /^https?:\/\/[^/?#@]+\/?$/.test(url), {
    error: 'the address of a host alone, such as `https://example.org`; the path below it is BASE_PATH',
    params: { code: 'bad-link' },
  })
    .optional()
    .describe('Address of the published site; SITE_URL overrides it'),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a language tag such as `en` or `pt-BR`')
    .default('en'),
  tagAuthority: z
    .string()
    .regex(/^[a-z0-9.@-]+,\d{4}(-\d{2}(-\d{2})?)?$/, 'a tag authority such as `example.org,2026`')
    .optional()
    .describe('Authority of the `tag:` ids in feeds. It must never change, or readers see everything twice'),
  editors: z.array(referenceTo('person')).max(20).default([]),
  columns: z
    .array(referenceTo('architecture'))
    .max(32)
    .default([])
    .describe('Columns shown first, in order; where it is missing, architectures marked `default`'),
  sections: z.record(Identifier, Section).default({}).describe('Sections that issues may have'),
  dataLicence: z
    .strictObject({ name: Line(80), link: WebLink })
    .optional()
    .describe('Licence of the content'),
  repository: WebLink.optional().describe('Repository of the content: pages lead to their files and to tickets there'),
  editing: WebLink.optional().describe(
    'Address at which the files of the content are edited, up to their folder: `https://git.example.org/we/data/_edit/main/content/`. For a repository on GitHub it is known, where the branch is `main` and the folder `content`',
  ),
  tickets: WebLink.optional().describe(
    'Page on which a reader opens a ticket. For a repository on GitHub it is known, and what is known is filled in',
  ),
  contact: WebLink.optional(),
  mail: MailSettings.optional().describe('The newsletter as mail: who sends it, and how a subscriber leaves'),
  redirects: z
    .record(OldAddress, OwnPath.meta({ ownPage: true }))
    .default({})
    .describe('Old addresses and where they lead'),
})
export type Site = z.infer<typeof Site>
