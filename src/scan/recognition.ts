/** What tells a format from another one where neither says its name. */
import type { JsonObject } from './json-text.ts'

export function hasPackages(text: string): boolean {
  return /^\[\[package\]\]/m.test(text)
}

export function saysSpdx(context: unknown): boolean {
  return (Array.isArray(context) ? context : [context]).some(
    (address) => typeof address === 'string' && address.startsWith('https://spdx.org/'),
  )
}

/** Whether a text begins with the stanza of a package of Debian that is, or was, installed. */
export function isDpkgStatus(text: string): boolean {
  return /^Package:[ \t]*\S+\n(?:[\w-]+:.*\n)*?Status:[ \t]/.test(text.slice(0, 4096).trimStart())
}

/** The first line that is no comment, of a file that may begin with a licence. */
export function firstLineThatCounts(text: string): string {
  for (const line of text.slice(0, 16_384).split('\n')) {
    if (line.trim() !== '' && !line.trimStart().startsWith('#')) return line
  }
  return ''
}

/** Whether nearly all of the first lines are of one kind, and at least one is. */
export function mostLines(text: string, kind: RegExp): boolean {
  const lines = firstLines(text)
  return lines.length > 0 && lines.filter((line) => kind.test(line)).length >= lines.length * 0.9
}

/** Names of packages, of which some say a version as Python does (PEP 508). A list of bare names may be anybody's. */
export function isListOfRequirements(text: string): boolean {
  const lines = firstLines(text)
  return lines.some((line) => requirement.exec(line)?.[1] !== undefined) && isListOfNames(text)
}

/** Whether each line is a name, with or without a version, or a comment or an option. */
export function isListOfNames(text: string): boolean {
  const lines = firstLines(text)
  return lines.length > 0 && lines.every((line) => requirement.test(line) || /^\s*(?:#|--?\w)/.test(line))
}

const condition = String.raw`(?:===?|[<>~!]=|[<>])\s*v?\d[\w.*+!-]*`
const requirement = new RegExp(
  String.raw`^\s*[A-Za-z0-9][\w.-]*(?:\s*\[[^\]]*\])?(\s*\(?${condition}(?:\s*,\s*${condition})*\)?|\s*@\s*https?://\S+)?\s*(?:;.*)?(?:#.*)?\\?$`,
)

/** Lines that are not empty, each as far as a pattern need look. */
function firstLines(text: string): string[] {
  const lines = text
    .slice(0, 16_384)
    .split('\n')
    .slice(0, 200)
    .filter((line) => line.trim() !== '')
  // Where the text was cut, the last line may be a part of one.
  const whole = text.length > 16_384 ? lines.slice(0, -1) : lines
  return whole.map((line) => line.slice(0, 1000))
}

/** Whether JSON says which packages of npm are wanted, as `package.json` does. */
export function isPackageManifest(json: JsonObject | undefined): boolean {
  return [json?.dependencies, json?.devDependencies].some((wanted) => typeof wanted === 'object' && wanted !== null)
}
