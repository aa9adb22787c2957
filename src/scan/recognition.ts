/** What tells a format from another one where neither says its name. */

export function hasPackages(text: string): boolean {
  return /^\[\[package\]\]/m.test(text)
}

export function saysSpdx(context: unknown): boolean {
  return (Array.isArray(context) ? context : [context]).some(
    (address) => typeof address === 'string' && address.startsWith('https://spdx.org/'),
  )
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
  const lines = text
    .slice(0, 16_384)
    .split('\n')
    .slice(0, 200)
    .filter((line) => line.trim() !== '')
  // Where the text was cut, the last line may be a part of one.
  const whole = text.length > 16_384 ? lines.slice(0, -1) : lines
  return whole.length > 0 && whole.filter((line) => kind.test(line.slice(0, 1000))).length >= whole.length * 0.9
}
