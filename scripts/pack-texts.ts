/**
 * Texts of pages as the search shows them, several in a file: `src/query/page-texts.ts` packs them, `src/scripts/search-texts.ts` reads
 * them. The index names a page's text `<file>.<number in it>`.
 */
import { setImmediate } from 'node:timers/promises'
import { packPages, type PageText } from '../src/query/page-texts.ts'
import { isFragment, nameOf, packFile, parseFragment, type IndexFile } from './pagefind-format.ts'

/** Letters of texts in one file: a reader who is shown a page gets its neighbours too. */
const lettersOfFile = 32_000

export interface PackedTexts {
  files: IndexFile[]
  /** Of a page, by its address: `<file>.<number in it>`. */
  places: ReadonlyMap<string, string>
}

/** Pauses after each file: others wait for their turn meanwhile. */
export async function packTexts(texts: readonly PageText[]): Promise<PackedTexts> {
  const files: IndexFile[] = []
  const places = new Map<string, string>()
  let group: PageText[] = []
  let letters = 0
  const close = () => {
    const packed = Buffer.from(packPages(group))
    const file = packFile(packed, (digest) => `fragment/texts_${digest}.pf_fragment`)
    files.push(file)
    group.forEach(({ url }, index) => places.set(url, `${nameOf(file.path)}.${index}`))
    group = []
    letters = 0
  }
  for (const text of texts) {
    group.push(text)
    letters += text.words.reduce((sum, word) => sum + word.length + 1, JSON.stringify(text.meta).length)
    if (letters < lettersOfFile) continue
    close()
    await setImmediate()
  }
  if (group.length > 0) close()
  return { files, places }
}

/** Words as Pagefind divides them, by the address of the page: for languages without spaces between words. */
export function dividedWords(files: readonly IndexFile[]): Map<string, string[]> {
  const fragments = files.filter(isFragment).map(({ content }) => parseFragment(content))
  return new Map(fragments.map(({ url, content }) => [url, content.split(/[\s\u200b]+/).filter((word) => word !== '')]))
}
