/** A Compose file: the image of each service. https://docs.docker.com/reference/compose-file/services/ */
import type { Findings } from './findings.ts'
import { addImage } from './image-component.ts'
import { expanded } from './shell-variables.ts'
import { isYamlMap, isYamlNothing, valueIn, yamlDocument, yamlMapAt, yamlTextIn, type YamlText } from './yaml-text.ts'

const nothing = new Map<string, string>()

export function readCompose(yaml: YamlText, text: string, findings: Findings): void {
  const document = yamlDocument(yaml, findings)
  if (!document) return
  const lines = text.split('\n')
  for (const service of Object.values(yamlMapAt(document, 'services', yaml, findings))) {
    if (!isYamlMap(service)) {
      findings.refuseKind(service, 'in `services`', yaml.lineOfKey('services'))
      continue
    }
    const image = valueIn(service, 'image')
    // Without one it is built from a Dockerfile, which is a file of its own.
    if (isYamlNothing(image)) continue
    if (typeof image !== 'string') {
      findings.refuseKind(image, 'at `image`', yaml.lineOf(service))
      continue
    }
    const platform = expanded(yamlTextIn(service, 'platform') ?? '', nothing)
    addImage(
      expanded(image, nothing),
      platform === '' || platform.includes('$') ? undefined : platform,
      lineOfKey(lines, 'image', yaml.lineOf(service)),
      findings,
    )
  }
}

/** The line of a key of a map that begins on a line; that line itself where the key comes from elsewhere. */
function lineOfKey(lines: readonly string[], key: string, from: number): number {
  const indent = /^\s*/.exec(lines[from - 1] ?? '')?.[0].length ?? 0
  for (let line = from + 1; line <= Math.min(lines.length, from + 200); line += 1) {
    const content = lines[line - 1] ?? ''
    if (content.trim() !== '' && (/^\s*/.exec(content)?.[0].length ?? 0) <= indent) return from
    if (content.trimStart().startsWith(`${key}:`)) return line
  }
  return from
}
