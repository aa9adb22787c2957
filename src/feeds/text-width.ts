/** How wide a text is where every letter has its cell: in a terminal, in a mail shown as plain text. */

/** The columns that a text takes: letters of East Asia and pictures take two, marks on letters none. */
export function displayWidth(text: string): number {
  if (printableAscii.test(text)) return text.length
  let width = 0
  for (const { segment } of graphemes(text)) width += widthOfGrapheme(segment)
  return width
}

/** What a reader takes for one character each. */
export function graphemes(text: string): Intl.Segments {
  return segmenter.segment(text)
}

/** Whether a line may end before or after this character although no space is there. */
export function isIdeographic(grapheme: string): boolean {
  return ideographic.test(grapheme)
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

const printableAscii = /^[ -~]*$/

/** Letters and signs of East Asia, without those of Korea, whose words have spaces between them. */
const ideographic =
  /^[\u2e80-\u2fdf\u3001-\u30ff\u3105-\u312f\u31a0-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60\u{20000}-\u{3fffd}]/u

/** What Unicode Standard Annex 11 calls wide, beside the former. */
const wide = /^[\u1100-\u115f\u3000\u3131-\u318e\ua960-\ua97c\uac00-\ud7a3\ufe30-\ufe6f\uffe0-\uffe6]/u

/** Marks alone, joiners and other characters that are not seen. */
const invisible = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]+$/u

function widthOfGrapheme(grapheme: string): number {
  if (invisible.test(grapheme)) return 0
  const isPicture = /^\p{Emoji_Presentation}|^\p{Extended_Pictographic}\u{fe0f}|^[\u{1f1e6}-\u{1f1ff}]/u.test(grapheme)
  return isPicture || ideographic.test(grapheme) || wide.test(grapheme) ? 2 : 1
}
