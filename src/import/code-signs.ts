/** Signs by which a block of lines is code, though nothing marks it. */
import type { CodeRange } from './unfenced-code.ts'

/** A block of lines without an empty one between them that bears a sign of code. */
export function codeBlockAt(index: number, text: (index: number) => string): CodeRange | undefined {
  if (text(index - 1).trim() !== '' || /^(?: {4}|\t)/.test(text(index))) return undefined
  let to = endOfBlock(index, text)
  const lines = Array.from({ length: to - index }, (_, offset) => text(index + offset))
  const sign = signs.find(({ fits }) => fits(lines))
  if (!sign) return undefined
  // Braces that are open at an empty line are closed behind it.
  let open = bracesOpenIn(lines)
  for (
    let tries = 0;
    sign.goesOn && open > 0 && tries < 20 && text(to) === '' && text(to + 1).trim() !== '';
    tries += 1
  ) {
    const end = endOfBlock(to + 1, text)
    const more = Array.from({ length: end - to - 1 }, (_, offset) => text(to + 1 + offset))
    if (!more.some((line) => /^\s|^[})]/.test(line))) break
    open += bracesOpenIn(more)
    to = end
  }
  return { from: index, to, language: sign.language, why: sign.why, goesOn: sign.goesOn }
}

function endOfBlock(index: number, text: (index: number) => string): number {
  let to = index
  while (text(to).trim() !== '') to += 1
  return to
}

function bracesOpenIn(lines: readonly string[]): number {
  const count = (mark: RegExp) => lines.reduce((sum, line) => sum + (line.match(mark)?.length ?? 0), 0)
  return count(/\{/g) - count(/\}/g)
}

interface Sign {
  fits: (lines: readonly string[]) => boolean
  language: string
  why: string
  goesOn: boolean
}

const listItem = /^\s*(?:[-*+>•]|\d+[.)])\s/

const signs: readonly Sign[] = [
  {
    fits: (lines) => lines.some((line) => /^\s*[├└│┌╭]/u.test(line)),
    language: 'text',
    why: 'it is drawn with lines',
    goesOn: false,
  },
  {
    fits: ([first = '']) => /^#include\s+[<"]/.test(first),
    language: 'c',
    why: 'it begins with `#include`',
    goesOn: true,
  },
  {
    fits: ([first = '']) => /^package \w+;?$/.test(first),
    language: 'go',
    why: 'it begins with `package`',
    goesOn: true,
  },
  {
    fits: (lines) => lines.length > 1 && lines.some((line) => /^\s*#\s*$/.test(line)),
    language: 'sh',
    why: 'a line that is empty but for `#` is a comment',
    goesOn: true,
  },
  {
    fits: (lines) =>
      lines.some((line) => /^\s*\/\/\s*$/.test(line)) ||
      (lines.length > 1 && lines.every((line) => /^\s*(?:\/\/|#include\b|import ["(]|from \w+ import )/.test(line))),
    language: 'text',
    why: 'its lines are comments and imports',
    goesOn: true,
  },
  {
    fits: (lines) =>
      lines.length > 1 && lines.slice(0, -1).some((line) => /\s\\$/.test(line)) && /^\s+\S/.test(lines[1] ?? ''),
    language: 'sh',
    why: 'a line goes on behind a backslash',
    goesOn: true,
  },
  {
    fits: (lines) =>
      lines.length > 1 &&
      /^\s?(?:func|var|type|struct|class|public|static|int|void|if|for|while)\b.*\{$/.test(lines[0] ?? ''),
    language: 'text',
    why: 'its first line opens a brace',
    goesOn: true,
  },
  {
    fits: (lines) =>
      lines.length > 2 &&
      lines.filter((line) => /[;{}]\s*$|^\s*[})]/.test(line)).length * 2 > lines.length &&
      lines.some((line) => /[{}]|\w\(.*\)|\w\s*=/.test(line)) &&
      !lines.some((line) => listItem.test(line)),
    language: 'text',
    why: 'most of its lines end like statements',
    goesOn: true,
  },
  {
    fits: (lines) =>
      lines.length > 2 &&
      lines.filter((line) => /\S {3,}\S/.test(line)).length * 3 > lines.length * 2 &&
      !lines.some((line) => listItem.test(line) || line.includes(' | ')),
    language: 'text',
    why: 'its columns are made with blanks',
    goesOn: false,
  },
]
