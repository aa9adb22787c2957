/** What the index of the search is made of beside the prose of pages. */
import { viewSearchRecords, type SearchRecord } from '#views/search-record.ts'
import { context, language } from './data.ts'

/** Known without any page. */
export interface SearchSource {
  language: string
  records: readonly SearchRecord[]
}

export function searchSource(): SearchSource {
  return { language, records: viewSearchRecords(context) }
}
