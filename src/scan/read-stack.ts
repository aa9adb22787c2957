/** Files as components: each is recognised, read by what reads its format, and held to the limits. Never throws. */
import type { Problem } from '#domain/problem.ts'
import type { Component } from './component.ts'
import { decodeText, maximumComponents, maximumDepth, maximumFileBytes } from './document.ts'
import { Findings } from './findings.ts'
import { formats, maximumBytesOf } from './formats.ts'
import type { JsonObject } from './json-text.ts'
import { isListOfNames, isPackageManifest } from './recognition.ts'
import { stackNotText, stackTooDeep, stackTooLarge, unreadableStack, unrecognisedStack } from './problems.ts'

export interface StackFile {
  /** Name that problems and components say; `pasted text` where it has none. */
  name: string
  bytes: Uint8Array
}

export interface Stack {
  /** Without a format where it was not read. */
  files: { name: string; format?: string; components: number }[]
  components: Component[]
  problems: Problem[]
}

export function emptyStack(): Stack {
  return { files: [], components: [], problems: [] }
}

/** Reads one file and adds what it names to a stack. */
export async function addFile(stack: Stack, file: StackFile, limit = maximumComponents): Promise<void> {
  const { name, bytes } = file
  const refuse = (...problems: Problem[]) => {
    stack.files.push({ name, components: 0 })
    stack.problems.push(...problems)
  }
  if (bytes.length > maximumFileBytes) {
    refuse(stackTooLarge(name, bytes.length, maximumFileBytes))
    return
  }
  const text = decodeText(bytes)
  if (text === undefined) {
    refuse(stackNotText(name))
    return
  }
  const json = await jsonOf(name, text)
  const format = formats.find(({ fits }) => fits({ name, text }, json.value))
  if (!format) {
    // A broken file is most often the right one, cut off.
    const looksLike = text.trim() === '' ? 'nothing' : isListOfNames(text) ? 'list of names' : 'something else'
    const kind = isPackageManifest(json.value) ? 'package.json' : undefined
    refuse(json.problem ?? unrecognisedStack(name, knownFiles(), looksLike, kind))
    return
  }
  if (bytes.length > maximumBytesOf(format)) {
    refuse(stackTooLarge(name, bytes.length, maximumBytesOf(format)))
    return
  }
  const findings = new Findings(name, format.name, limit - stack.components.length)
  try {
    await format.read({ name, text }, json.value, findings)
  } catch (error) {
    // A parser met something that its maker did not think of.
    findings.problem(unreadableStack(name, format.name, 1, 1, error instanceof Error ? error.message : String(error)))
  }
  const { components, problems } = findings
  // Half a stack would be judged as if it were the whole.
  if (problems.some(({ severity }) => severity === 'error')) {
    refuse(...problems)
    return
  }
  stack.files.push({ name, format: format.name, components: components.length })
  for (const component of components) stack.components.push(component)
  stack.problems.push(...problems)
}

/** What can be chosen, for people. */
export function knownFiles(): string[] {
  return [...new Set(formats.map(({ files }) => files))]
}

async function jsonOf(name: string, text: string): Promise<{ value?: JsonObject; problem?: Problem }> {
  if (!/^\s*\{/.test(text.slice(0, 1000))) return {}
  const { isObject, parseJson } = await import('./json-text.ts')
  const parsed = parseJson(text)
  if (parsed.ok) return isObject(parsed.value) ? { value: parsed.value } : {}
  return {
    problem:
      parsed.fault === 'too-deep'
        ? stackTooDeep(name, parsed.line, maximumDepth)
        : unreadableStack(name, 'JSON', parsed.line, parsed.column, parsed.said),
  }
}
