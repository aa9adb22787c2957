/** CycloneDX as JSON. https://cyclonedx.org/docs/1.6/json/ */
import type { Component } from './component.ts'
import type { Findings } from './findings.ts'
import { isNothing, listAt, mapAt, objectsOf } from './json-sections.ts'
import { isObject, lineOf, textIn, type JsonObject } from './json-text.ts'
import { parsePurl } from './purl.ts'

export function readCycloneDx(bom: JsonObject, findings: Findings): void {
  const waiting = [...subjectOf(bom, findings), ...listAt(bom, 'components', findings)].reverse()
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    addBomComponent(
      {
        type: textIn(next, 'type'),
        group: textIn(next, 'group'),
        name: textIn(next, 'name'),
        version: textIn(next, 'version'),
        purl: textIn(next, 'purl'),
        scope: textIn(next, 'scope'),
      },
      lineOf(next),
      findings,
    )
    const { components } = next
    if (Array.isArray(components)) {
      for (const part of objectsOf(components, 'components', lineOf(next), findings).reverse()) waiting.push(part)
    } else if (!isNothing(components)) findings.refuseKind(components, 'at `components`', lineOf(next))
  }
}

/** What the BOM is about, as a list of one or none. */
function subjectOf(bom: JsonObject, findings: Findings): JsonObject[] {
  const metadata = mapAt(bom, 'metadata', findings)
  const subject = metadata?.component
  if (isObject(subject)) return [subject]
  if (metadata && !isNothing(subject)) findings.refuseKind(subject, 'at `component`', lineOf(metadata))
  return []
}

/** A component of a BOM, in whatever syntax. */
export interface BomComponent {
  type?: string | undefined
  group?: string | undefined
  name?: string | undefined
  version?: string | undefined
  purl?: string | undefined
  scope?: string | undefined
}

/** Things of a BOM that nobody runs. */
const notSoftware = new Set(['file', 'data', 'device', 'cryptographic-asset', 'machine-learning-model'])

export function addBomComponent(found: BomComponent, line: number, findings: Findings): void {
  const { type = '', group, name = '', version, purl: text } = found
  if (notSoftware.has(type)) return
  const purl = text === undefined ? undefined : parsePurl(text)
  const isImage = type === 'container' || purl?.type === 'oci' || purl?.type === 'docker'
  const signs = {
    ...(isImage ? { isImage } : {}),
    ...(purl?.type === 'deb' && purl.qualifiers?.arch === 'all' ? { isIndependent: true } : {}),
  }
  const rest = { ...scopeOf(found.scope), ...(Object.keys(signs).length > 0 ? { signs } : {}) }
  if (purl) findings.addPurl(purl, line, rest)
  else {
    if (text !== undefined && text !== '') findings.refuse('package URL', text, line)
    findings.addUnidentified([group, name].filter(Boolean).join('/'), version, line, rest)
  }
}

function scopeOf(scope: string | undefined): Pick<Component, 'scope'> {
  if (scope === 'excluded') return { scope: 'development' }
  return scope === 'optional' ? { scope: 'optional' } : {}
}
