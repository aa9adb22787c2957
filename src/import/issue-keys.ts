/** What the keys of old front matter become. None is dropped in silence. */
import { Issue } from '#domain/issue.ts'
import { OldAddress } from '#domain/link.ts'
import type { YamlValue } from '#catalog/yaml.ts'
import { authorKeys } from './authors.ts'
import { factKeys } from './facts.ts'
import { listOfValue, tellValue, textOfValue, type Metadata, type MetadataValue } from './metadata.ts'
import { quoted, type Report } from './report.ts'
import { cutAtSentence, maximumSummary } from './summary.ts'

const summaryKeys = ['summary', 'description', 'excerpt', 'subtitle', 'abstract', 'lede', 'teaser']
const addressKeys = ['aliases', 'alias', 'url', 'permalink', 'redirectfrom', 'link']
const stateKeys = ['state', 'status', 'draft', 'published']
/** Keys that mean here what they mean in our own issues. */
const ownKeys = ['publishAt', 'sponsors', 'projects', 'events', 'hardware', 'errata'] as const

export interface KeptKeys {
  summary?: string
  aliases: string[]
  /** The address of the old page, where the front matter has it in full. */
  address?: string
  isDraft: boolean
  state?: string
  own: Partial<Record<(typeof ownKeys)[number], YamlValue>>
  /** Text of the front matter that was understood, and stands in the output in another form. */
  understood: string[]
}

export function readKeys(metadata: Metadata, claimAddress: (path: string) => boolean, report: Report): KeptKeys {
  const kept: KeptKeys = { aliases: [], isDraft: false, own: {}, understood: [] }
  const seen = new Set<string>()
  const consume = (keys: readonly string[], read: (entry: MetadataValue) => boolean) => {
    for (const key of keys) {
      const entry = metadata.get(key)
      if (entry === undefined || seen.has(key) || !read(entry)) continue
      seen.add(key)
    }
  }
  let isFactRead = false
  for (const keys of [factKeys.number, factKeys.date]) {
    isFactRead = false
    consume(keys, (entry) => {
      // Where two keys say when, only the first was listened to.
      if (isFactRead || /^(?:true|false|yes|no)$/i.test(textOfValue(entry.value))) return false
      isFactRead = textOfValue(entry.value) !== ''
      kept.understood.push(`${entry.name} ${textOfValue(entry.value)}`)
      return true
    })
  }
  consume(factKeys.title.slice(0, metadata.has('title') ? 1 : 2), (entry) => understand(kept, entry.name))
  consume(authorKeys, (entry) => {
    if (kept.understood.some((text) => text.startsWith('by: '))) return false
    // The other facts of a person are not those of an issue.
    if (typeof entry.value === 'object' && !Array.isArray(entry.value)) return false
    return understand(kept, `by: ${entry.name} ${textOfValue(entry.value)}`)
  })
  consume(summaryKeys, (entry) => readSummary(entry, kept, report))
  consume(addressKeys, (entry) => readAddresses(entry, kept, claimAddress, report))
  consume(stateKeys, (entry) => readState(entry, kept))
  for (const key of ownKeys) consume([key.toLowerCase()], (entry) => readOwn(key, entry, kept))
  consume(
    ['sections'],
    (entry) => Array.isArray(entry.value) && understand(kept, `${entry.name} ${textOfValue(entry.value)}`),
  )

  for (const [key, entry] of metadata) {
    if (seen.has(key)) continue
    report.guess('key-dropped', entry.place, {
      actual: `${entry.name}: ${textOfValue(entry.value)}`,
      reason: `The key ${tellValue(entry)} has no place in an issue; it was left out`,
      expected: 'a key of an issue',
      fix: isTopic(key)
        ? 'give the headings the ids of the sections that it names'
        : 'write what readers need into the text',
      removed: `${entry.name}: ${textOfValue(entry.value)}`,
    })
  }
  return kept
}

function isTopic(key: string): boolean {
  return ['tags', 'categories', 'category', 'topics', 'keywords'].includes(key)
}

function understand(kept: KeptKeys, text: string): true {
  kept.understood.push(text)
  return true
}

function readSummary(entry: MetadataValue, kept: KeptKeys, report: Report): boolean {
  if (kept.summary !== undefined) return false
  const typed = textOfValue(entry.value)
  kept.understood.push(entry.name)
  if (typed === '') return true
  kept.summary = cutAtSentence(typed, maximumSummary)
  if (kept.summary !== typed) {
    report.guess('value-dropped', entry.place, {
      actual: typed,
      guessed: kept.summary,
      reason: `The summary has ${typed.length} characters; it was cut at a sentence`,
      expected: `at most ${maximumSummary} characters`,
      fix: 'shorten it by hand',
      removed: typed.slice(kept.summary.length - 1),
    })
  }
  return true
}

function readAddresses(
  entry: MetadataValue,
  kept: KeptKeys,
  claimAddress: (path: string) => boolean,
  report: Report,
): boolean {
  kept.understood.push(entry.name)
  for (const typed of listOfValue(entry.value)) {
    const full = /^https?:\/\//i.test(typed) ? URL.parse(typed) : null
    if (full) kept.address ??= full.href
    const path = full ? full.pathname : typed.startsWith('/') ? typed : `/${typed}`
    const isRight = OldAddress.safeParse(path).success && kept.aliases.length < 20
    if (kept.aliases.includes(path)) continue
    if (isRight && claimAddress(path)) {
      kept.aliases.push(path)
      if (full) kept.understood.push(full.host, full.protocol)
      continue
    }
    report.guess('value-dropped', entry.place, {
      actual: typed,
      reason: isRight
        ? `The old address ${quoted(typed)} is taken; it was left out`
        : `${quoted(typed)} is no path of an old page; it was left out`,
      expected: 'an old path such as `/2017/04/28/news/`, at which nothing stands today',
      fix: 'write it into `aliases` by hand where it should lead here',
      removed: typed,
    })
  }
  return true
}

function readState(entry: MetadataValue, kept: KeptKeys): boolean {
  const word = textOfValue(entry.value).toLowerCase()
  const isFlag = ['true', 'yes', 'false', 'no'].includes(word)
  const isYes = word === 'true' || word === 'yes'
  const key = entry.name.toLowerCase()
  if (key === 'draft' || key === 'published') {
    if (!isFlag) return false
    if (key === 'draft' ? isYes : !isYes) kept.isDraft = true
    return understand(kept, `${entry.name} ${word}`)
  }
  if (!['draft', 'published', 'withdrawn', 'publish'].includes(word)) return false
  kept.state = word
  kept.isDraft ||= word === 'draft' || word === 'withdrawn'
  return understand(kept, `${entry.name} ${word}`)
}

function readOwn(key: (typeof ownKeys)[number], entry: MetadataValue, kept: KeptKeys): boolean {
  if (!Issue.shape[key].safeParse(entry.value).success) return false
  kept.own[key] = entry.value
  return understand(kept, entry.name)
}
