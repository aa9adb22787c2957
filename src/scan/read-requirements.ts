/** `requirements.txt`. https://pip.pypa.io/en/stable/reference/requirements-file-format/ */
import { linesOf, type StackText } from './document.ts'
import type { Findings } from './findings.ts'
import { signsOfFiles } from './wheel.ts'

/** PEP 508: a name, extras, and what is asked of its version. */
const requirement = /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(.*)$/s

export function readRequirements({ text }: StackText, findings: Findings): void {
  for (const { line, content } of logicalLines(text)) {
    const bare = content.replace(/(^|\s)#.*$/s, '').trim()
    // Options, further files, and what comes from a folder or an address without a name.
    if (bare === '' || bare.startsWith('-') || /^[./~]/.test(bare)) continue
    const [, egg] = /^[a-z][a-z0-9+.-]*:.*[#&]egg=([\w.-]+)/i.exec(bare) ?? []
    if (egg !== undefined) {
      findings.add({ type: 'pypi', name: egg }, line)
      continue
    }
    const [, name = '', rest = ''] = requirement.exec(bare) ?? []
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(bare) || (rest !== '' && !/^[(@;<>=!~\s-]/.test(rest))) {
      if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(bare)) findings.refuse('requirement', bare, line)
      continue
    }
    if (name === '') {
      findings.refuse('requirement', bare, line)
      continue
    }
    const [, version] = /^\(?\s*===?\s*([^\s;,)*]+)\s*(?:[;)\s]|$)/.exec(rest) ?? []
    const [, file] = /^@\s*\S*\/([^/\s#?]+\.whl)/.exec(rest) ?? []
    const signs = file === undefined ? undefined : signsOfFiles([file])
    findings.add({ type: 'pypi', name, ...(version === undefined ? {} : { version }) }, line, signs ? { signs } : {})
  }
}

/** Lines joined where one ends in a backslash; the number is that of the first. */
function* logicalLines(text: string): Generator<{ line: number; content: string }> {
  let begun: { line: number; parts: string[] } | undefined
  for (const { line, content } of linesOf(text)) {
    begun ??= { line, parts: [] }
    begun.parts.push(content.replace(/\\$/, ''))
    if (content.endsWith('\\')) continue
    yield { line: begun.line, content: begun.parts.join(' ') }
    begun = undefined
  }
  if (begun) yield { line: begun.line, content: begun.parts.join(' ') }
}
