/** `go.mod` and `go.sum`. https://go.dev/ref/mod#go-mod-file */
import { linesOf, type StackText } from './document.ts'
import type { Findings } from './findings.ts'

/** https://go.dev/ref/mod#go-mod-file-grammar */
const directives = new Set([
  'module',
  'go',
  'toolchain',
  'godebug',
  'require',
  'tool',
  'ignore',
  'exclude',
  'replace',
  'retract',
])

export function readGoMod({ text }: StackText, findings: Findings): void {
  const required: { path: string; version: string; line: number; isIndirect: boolean }[] = []
  const replacements = new Map<string, { path: string; version?: string }>()
  let go: { version: string; line: number } | undefined
  let hasModule = false
  let block: { verb: string; line: number } | undefined
  for (const { line, content } of linesOf(text)) {
    const [code = '', comment = ''] = content.split('//', 2)
    if (code.trim() === '') continue
    const [, head] = block ? [] : (/^\s*(\w+)\s*\(\s*$/.exec(code) ?? [])
    if (head !== undefined) {
      block = { verb: head, line }
      if (head === 'module') hasModule = true
      continue
    }
    const words = code.trim().split(/\s+/).map(unquoted)
    if (words[0] === ')') {
      block = undefined
      continue
    }
    const [verb = '', ...rest] = block ? [block.verb, ...words] : words
    const [path = '', version = ''] = rest
    if (!directives.has(verb) || (verb === 'require' && version === '')) findings.refuse('line', content, line)
    else if (verb === 'module') hasModule = true
    else if (verb === 'require') {
      required.push({ path, version, line, isIndirect: comment.trim().startsWith('indirect') })
    } else if (verb === 'replace') {
      const arrow = rest.indexOf('=>')
      const [to, toVersion] = arrow > 0 ? rest.slice(arrow + 1) : []
      if (to !== undefined)
        replacements.set(path, { path: to, ...(toVersion === undefined ? {} : { version: toVersion }) })
    } else if ((verb === 'go' || verb === 'toolchain') && path !== '') {
      // What is asked for by the name of a toolchain is at least what the language needs.
      go = { version: path.replace(/^go/, ''), line }
    }
  }
  if (block) {
    findings.malformed({ at: `${block.verb} (`, line: block.line, expected: '`)`', actual: 'end of the file' })
  }
  if (!hasModule) findings.malformed({ at: 'module', line: 1, expected: 'the path of the module', actual: 'nothing' })
  // Called so by those who look for it in binaries: https://github.com/anchore/syft, https://github.com/aquasecurity/trivy/pull/7163
  if (go) findings.add({ type: 'golang', name: 'stdlib', version: go.version }, go.line)
  for (const { path, version, line, isIndirect } of required) {
    const replaced = replacements.get(path)
    // A folder in its place is the project's own.
    if (replaced && /^\.{0,2}\//.test(replaced.path)) continue
    addModule(replaced?.path ?? path, replaced?.version ?? version, line, findings, isIndirect)
  }
}

export function readGoSum({ text }: StackText, findings: Findings): void {
  const seen = new Set<string>()
  for (const { line, content } of linesOf(text)) {
    if (content.trim() === '') continue
    const [path = '', version = '', hash = ''] = content.trim().split(/\s+/)
    if (!hash.startsWith('h1:')) {
      findings.refuse('line', content, line)
      continue
    }
    // Of these only the go.mod was looked at, to choose versions; nothing of them is built.
    if (version.endsWith('/go.mod') || seen.has(`${path} ${version}`)) continue
    seen.add(`${path} ${version}`)
    addModule(path, version, line, findings, false)
  }
}

function addModule(path: string, version: string, line: number, findings: Findings, isIndirect: boolean): void {
  const at = path.lastIndexOf('/')
  const namespace = at > 0 ? path.slice(0, at) : undefined
  findings.add(
    { type: 'golang', name: path.slice(at + 1), version, ...(namespace === undefined ? {} : { namespace }) },
    line,
    isIndirect ? { scope: 'indirect' } : {},
  )
}

function unquoted(word: string): string {
  return word.replace(/^["`](.*)["`]$/, '$1')
}
