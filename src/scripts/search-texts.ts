/** Texts of pages that were found, fetched in files of several (`#query/page-texts.ts`); each file once. */
import { unpackPages, type PageText } from '#query/page-texts.ts'

export class SearchTexts {
  readonly #folder: string
  readonly #files = new Map<string, Promise<PageText[]>>()

  constructor(folder: string) {
    this.#folder = folder
  }

  /**
   * @param id  as the index has it: `<file>.<number in it>`
   * @throws where the text cannot be had; the next call tries again
   */
  async textOf(id: string): Promise<PageText> {
    const [file = '', place = ''] = id.split('.')
    const pages = this.#files.get(file) ?? this.#fetch(file)
    this.#files.set(file, pages)
    try {
      const page = (await pages)[Number(place)]
      if (page === undefined) throw new Error(`${file} holds no text ${place}`)
      return page
    } catch (error) {
      this.#files.delete(file)
      throw error
    }
  }

  async #fetch(file: string): Promise<PageText[]> {
    const response = await fetch(`${this.#folder}${file}.pf_fragment`)
    if (!response.ok) throw new Error(`the texts of ${file} answer ${response.status}`)
    const bytes = await response.arrayBuffer()
    // A host that knows gzip by its first bytes may have said so, and the browser has unpacked it.
    const isPacked = new Uint8Array(bytes)[0] === 0x1f
    const whole = new Response(bytes)
    return unpackPages(
      await (isPacked ? new Response(whole.body?.pipeThrough(new DecompressionStream('gzip'))) : whole).text(),
    )
  }
}
