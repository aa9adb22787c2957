/** YAML and TOML for the readers that want them: loaded when they do, and a problem where a text is neither. */
import type { StackText } from './document.ts'
import { kindOf, type Findings } from './findings.ts'
import { stackTooDeep, unreadableStack } from './problems.ts'
import type { LockedPackage } from './toml-text.ts'
import type { YamlText } from './yaml-text.ts'

export async function withYaml(
  { name, text }: StackText,
  findings: Findings,
  use: (yaml: YamlText) => void,
): Promise<void> {
  const { parseYaml } = await import('./yaml-text.ts')
  const parsed = parseYaml(text)
  if (parsed.ok) use(parsed)
  else if (/maxDepth/.test(parsed.said)) findings.problem(stackTooDeep(name, parsed.line, 100))
  else findings.problem(unreadableStack(name, 'YAML', parsed.line, parsed.column, parsed.said))
}

/** @param mark a key that every lockfile of this kind has, also one without any package */
export async function withToml(
  { name, text }: StackText,
  mark: string,
  findings: Findings,
  use: (packages: readonly LockedPackage[]) => void,
): Promise<void> {
  const { parsePackages } = await import('./toml-text.ts')
  const parsed = parsePackages(text)
  if (!parsed.ok) {
    findings.problem(unreadableStack(name, 'TOML', parsed.line, parsed.column, parsed.said))
    return
  }
  const { document, packages, lineOfKey } = parsed
  const listed = document.package
  if (Array.isArray(listed)) {
    const other = listed.find((item) => kindOf(item) !== 'map')
    const line = lineOfKey('package')
    if (other === undefined) use(packages)
    else findings.malformed({ at: 'package', line, expected: 'a list of tables', actual: `${kindOf(other)} in a list` })
  } else if (listed !== undefined) {
    findings.malformed({ at: 'package', line: lineOfKey('package'), expected: 'a list', actual: kindOf(listed) })
  } else if (document[mark] === undefined) {
    findings.malformed({ at: mark, line: 1, expected: 'it, as in every such file', actual: 'nothing' })
  }
}
