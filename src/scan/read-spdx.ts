/**
 * SPDX 2 as JSON and as tags with values, and SPDX 3, which is JSON-LD.
 * https://spdx.github.io/spdx-spec/v2.3/package-information/, https://spdx.github.io/spdx-spec/v3.0.1/
 */
import { linesOf, type StackText } from './document.ts'
import type { Findings } from './findings.ts'
import { listAt } from './json-sections.ts'
import { lineOf, objectsIn, textIn, type JsonObject } from './json-text.ts'
import { addBomComponent } from './read-cyclonedx.ts'

export function readSpdx(document: JsonObject, findings: Findings): void {
  for (const found of listAt(document, 'packages', findings)) {
    const purl = objectsIn(found, 'externalRefs').find((reference) => textIn(reference, 'referenceType') === 'purl')
    addPackage(
      textIn(found, 'name'),
      textIn(found, 'versionInfo'),
      purl && textIn(purl, 'referenceLocator'),
      lineOf(found),
      findings,
      textIn(found, 'primaryPackagePurpose'),
    )
  }
}

export function readSpdx3(document: JsonObject, findings: Findings): void {
  for (const element of listAt(document, '@graph', findings)) {
    if (textIn(element, 'type') !== 'software_Package') continue
    const named = objectsIn(element, 'externalIdentifier').find((identifier) =>
      /^(?:purl|packageU[rR][lL])$/.test(textIn(identifier, 'externalIdentifierType') ?? ''),
    )
    addPackage(
      textIn(element, 'name'),
      textIn(element, 'software_packageVersion'),
      textIn(element, 'software_packageUrl') ?? (named && textIn(named, 'identifier')),
      lineOf(element),
      findings,
      textIn(element, 'software_primaryPurpose'),
    )
  }
}

export function readSpdxTags({ text }: StackText, findings: Findings): void {
  let found: { name: string; version?: string; purl?: string | undefined; purpose?: string; line: number } | undefined
  /** The line on which a text begins that is not at its end. */
  let textFrom: number | undefined
  const add = () => {
    if (found) addPackage(found.name, found.version, found.purl, found.line, findings, found.purpose)
  }
  for (const { line, content } of linesOf(text)) {
    // A text of several lines may hold anything, also what looks like a tag.
    if (textFrom !== undefined) {
      if (content.includes('</text>')) textFrom = undefined
      continue
    }
    if (content.includes('<text>') && !content.includes('</text>')) textFrom = line
    const [, tag, value = ''] = /^(\w+):\s*(.*?)\s*$/.exec(content) ?? []
    if (tag === undefined) {
      if (content.trim() !== '' && !content.startsWith('#')) findings.refuse('line', content, line)
    } else if (tag === 'PackageName') {
      add()
      found = { name: value, line }
    } else if (found && tag === 'PackageVersion') found.version = value
    else if (found && tag === 'PrimaryPackagePurpose') found.purpose = value
    else if (found && tag === 'ExternalRef') found.purl ??= /^PACKAGE[-_]MANAGER\s+purl\s+(\S+)/.exec(value)?.[1]
  }
  add()
  if (textFrom !== undefined)
    findings.malformed({ at: '<text>', line: textFrom, expected: '`</text>`', actual: 'end of the file' })
}

function addPackage(
  name: string | undefined,
  version: string | undefined,
  purl: string | undefined,
  line: number,
  findings: Findings,
  purpose = '',
): void {
  const type = purpose.toLowerCase()
  addBomComponent(
    { name, version, purl, type: ['file', 'container', 'device'].includes(type) ? type : 'library' },
    line,
    findings,
  )
}
