/**
 * `yarn.lock`, of Yarn 1 (a format of its own) and of later ones (YAML). Both are blocks of a head with
 * the ranges that were asked for, and indented lines with what was chosen; that much is read of both alike.
 */
import { linesOf, type StackText } from './document.ts'
import type { Findings } from './findings.ts'
import { addNpmPackages, type NpmPackage } from './npm-packages.ts'

interface Block {
  line: number
  name: string
  protocol: string
  version?: string
  conditions?: string
  dependencies: string[]
}

export function readYarnLock({ text }: StackText, findings: Findings): void {
  const blocks: Block[] = []
  let block: Block | undefined
  let isInDependencies = false
  for (const { line, content } of linesOf(text)) {
    // A head of more than 1024 characters stands behind a question mark, and its colon on the next line.
    if (content.trim() === '' || content === ':' || content.startsWith('#')) continue
    if (!content.startsWith(' ')) {
      block = blockOf(content.replace(/^\? /, ''), line)
      if (block) blocks.push(block)
      else if (!content.startsWith('__metadata:')) findings.refuse('line', content, line)
      continue
    }
    if (!block) continue
    const [, indent = '', key = '', value = ''] = /^( +)("[^"]*"|[^\s:]+):?(?: +(.*))?$/.exec(content) ?? []
    if (indent.length <= 2) {
      isInDependencies = key === 'dependencies' || key === 'optionalDependencies'
      if (key === 'version') block.version = unquoted(value)
      else if (key === 'conditions') block.conditions = value
      else if (key === 'resolution') Object.assign(block, resolutionOf(unquoted(value)))
    } else if (isInDependencies) block.dependencies.push(unquoted(key))
  }
  addNpmPackages(blocks.filter(({ protocol }) => protocol === 'npm').map(packageOf), findings)
}

/** `"@babel/core@^7.0.0", "@babel/core@npm:^7.1.0":` The first range is enough: all of them chose this version. */
function blockOf(head: string, line: number): Block | undefined {
  const [, first = ''] = /^(?:"([^"]+)"|([^,:"\s]+))/.exec(head)?.filter((part) => part !== undefined) ?? []
  const range = /^((?:@[^/@]+\/)?[^/@]+)@(.*)$/.exec(first.split(', ')[0] ?? '')
  if (!range) return undefined
  const [, name = '', wanted = ''] = range
  // `string-width-cjs@npm:string-width@^4.2.0` is installed under another name than its own.
  const [, alias] = /^npm:((?:@[^/@]+\/)?[^/@]+)@/.exec(wanted) ?? []
  const protocol =
    /^(npm|workspace|patch|portal|link|file|git|git\+\w+|https?|exec|virtual):/.exec(wanted)?.[1] ?? 'npm'
  return { line, name: alias ?? name, protocol, dependencies: [] }
}

/** `resolution: "esbuild@npm:0.25.0"` */
function resolutionOf(text: string): Partial<Block> {
  const [, name, protocol] = /^((?:@[^/@]+\/)?[^/@]+)@(\w+):/.exec(text) ?? []
  if (name === undefined || protocol === undefined) return {}
  // A patched package is still the package.
  return { name, protocol: protocol === 'patch' || protocol === 'virtual' ? 'npm' : protocol }
}

function packageOf({ line, name, version, conditions = '', dependencies }: Block): NpmPackage {
  const words = (key: string) =>
    [...conditions.matchAll(/(os|cpu|libc)=([\w!.-]+)/g)].flatMap(([, found, word = '']) =>
      found === key ? [word] : [],
    )
  return {
    name,
    version,
    line,
    os: words('os'),
    cpu: words('cpu'),
    // Which of them are optional is not said in one place; a build for one platform always is.
    optional: dependencies,
    hasInstallScript: false,
  }
}

function unquoted(text: string): string {
  return text.replace(/^"(.*)"$/, '$1')
}
