/** Where a claim is added to a project's file that somebody wrote: after the others, which stay to the character. */
import { isMap, isScalar, isSeq, parseDocument } from 'yaml'

export interface ClaimGap {
  before: string
  after: string
  /** `flow` where claims stand between brackets: the claim has to be on one line. */
  style: 'block' | 'flow'
  /** What stands before the hyphen of a claim. */
  indent: string
  /** What separates the claim from what stands before it. */
  lead: string
  lineEnd: '\n' | '\r\n'
}

/**
 * @param text a whole file, as it is on the disk
 * @returns undefined where no command can tell the place: the front matter is no map in block style, or not valid
 */
export function gapForClaim(text: string): ClaimGap | undefined {
  const [, fence = '', yaml = ''] = /^(\ufeff?---\r?\n)([\s\S]*?\r?\n)---\r?(?:\n|$)/.exec(text) ?? []
  if (fence === '') return undefined
  const { contents, errors } = parseDocument(yaml, { schema: 'failsafe', logLevel: 'silent' })
  if (errors.length > 0 || !isMap(contents) || contents.flow) return undefined
  const lineEnd = yaml.endsWith('\r\n') ? '\r\n' : '\n'
  const cut = (offset: number, rest: Pick<ClaimGap, 'style' | 'indent' | 'lead'>): ClaimGap => {
    const at = fence.length + offset
    return { before: text.slice(0, at), after: text.slice(at), lineEnd, ...rest }
  }
  const pair = contents.items.find(({ key }) => isScalar(key) && key.value === 'claims')
  if (!pair) return cut(yaml.length, { style: 'block', indent: '  ', lead: `claims:${lineEnd}` })
  const { value } = pair
  if (isSeq(value) && value.range) {
    const last = value.items.at(-1)
    if (value.flow) {
      const end = rangeEnd(last)
      return end === undefined
        ? cut(value.range[0] + 1, { style: 'flow', indent: '', lead: '' })
        : cut(end, { style: 'flow', indent: '', lead: ', ' })
    }
    const end = rangeEnd(last)
    if (end === undefined) return undefined
    const start = value.range[0]
    const indent = yaml.slice(yaml.lastIndexOf('\n', start - 1) + 1, start)
    return /^ *$/.test(indent) ? cut(nextLine(yaml, end), { style: 'block', indent, lead: '' }) : undefined
  }
  return undefined
}

/** Where the line that holds an offset is over; a text with its own line ends is over where the next line begins. */
function nextLine(yaml: string, offset: number): number {
  if (offset === 0 || yaml[offset - 1] === '\n') return offset
  const end = yaml.indexOf('\n', offset)
  return end === -1 ? yaml.length : end + 1
}

function rangeEnd(node: unknown): number | undefined {
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined
  return Array.isArray(range) && typeof range[1] === 'number' ? range[1] : undefined
}
