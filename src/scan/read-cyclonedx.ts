/** CycloneDX as JSON. https://cyclonedx.org/docs/1.6/json/ */
import type { Component } from './component.ts'
import type { Findings } from './findings.ts'
import { lineOf, objectIn, objectsIn, textIn, type JsonObject } from './json-text.ts'
import { parsePurl } from './purl.ts'

export function readCycloneDx(bom: JsonObject, findings: Findings): void {
  const subject = objectIn(objectIn(bom, 'metadata'), 'component')
  const waiting = [...(subject ? [subject] : []), ...objectsIn(bom, 'components')].reverse()
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
    waiting.push(...objectsIn(next, 'components').reverse())
  }
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
