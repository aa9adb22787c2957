import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { formats } from '#scan/formats.ts'
import { asOf, catalogOf } from '#tests/builders.ts'
import { viewCheck } from '#views/check.ts'

const document = readFileSync(new URL('../../docs/scan.md', import.meta.url), 'utf8')

test.each(formats.map(({ name, files }) => [name, files] as const))(
  '%s is documented with the names of its files',
  (_, files) => {
    for (const file of files.split(', ')) expect(document).toContain(file)
  },
)

test('the page names what every format is called, or how its files are', () => {
  const { catalog } = catalogOf({})
  const self = (path: string) => path
  const page = viewCheck({
    catalog,
    asOf,
    addressOf: self,
    absoluteAddressOf: self,
    inline: self,
    markdown: () => ({ html: '', intro: '', sections: [], headings: [] }),
  })
  const said = page.formats.map(({ files }) => files).join(', ')
  for (const { name, files } of formats) {
    const word = /^(CycloneDX|SPDX)/.exec(name)?.[1] ?? files.split(', ')[0] ?? name
    expect(said).toContain(word)
  }
})
