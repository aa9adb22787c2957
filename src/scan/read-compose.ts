/** A Compose file: the image of each service. https://docs.docker.com/reference/compose-file/services/ */
import type { Findings } from './findings.ts'
import { addImage } from './image-component.ts'
import { expanded } from './shell-variables.ts'
import { isYamlMap, valueIn, yamlTextIn, type YamlText } from './yaml-text.ts'

const nothing = new Map<string, string>()

export function readCompose({ value, lineOf }: YamlText, text: string, findings: Findings): void {
  const services = isYamlMap(value) ? valueIn(value, 'services') : undefined
  if (!isYamlMap(services)) return
  const lines = text.split('\n')
  for (const service of Object.values(services)) {
    if (!isYamlMap(service)) continue
    const image = yamlTextIn(service, 'image')
    // Without one it is built from a Dockerfile, which is a file of its own.
    if (image === undefined || image === '') continue
    const platform = expanded(yamlTextIn(service, 'platform') ?? '', nothing)
    addImage(
      expanded(image, nothing),
      platform === '' || platform.includes('$') ? undefined : platform,
      lineOfKey(lines, 'image', lineOf(service)),
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
