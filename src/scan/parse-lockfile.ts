/** YAML and TOML for the readers that want them: loaded when they do, and a problem where a text is neither. */
import type { StackText } from './document.ts'
import type { Findings } from './findings.ts'
import { stackTooDeep, unreadableStack } from './problems.ts'
import type { TomlResult } from './toml-text.ts'
import type { YamlText } from './yaml-text.ts'

type LoadedPackages = Extract<TomlResult, { ok: true }>['packages']

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

export async function withToml(
  { name, text }: StackText,
  findings: Findings,
  use: (packages: LoadedPackages) => void,
): Promise<void> {
  const { parsePackages } = await import('./toml-text.ts')
  const parsed = parsePackages(text)
  if (parsed.ok) use(parsed.packages)
  else findings.problem(unreadableStack(name, 'TOML', parsed.line, parsed.column, parsed.said))
}
