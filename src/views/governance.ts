/** The page of rules: its parts, and the people whom the site names. */
import type { Catalog } from '#domain/catalog.ts'
import type { Person } from '#domain/vocabulary.ts'
import type { ContentsEntry } from './anchors.ts'

export interface GovernanceView {
  contents: ContentsEntry[]
  editors: Person[]
}

const parts = {
  in: 'What gets in',
  proof: 'What a word needs as proof',
  disputes: 'Disputes',
  kept: 'What is never deleted',
  corrections: 'Corrections',
  takedowns: 'Takedowns',
  interests: 'Sponsors and affiliations',
  bots: 'Programs that write',
  licences: 'Licences',
  people: 'Who decides',
}

export function viewGovernance({ site, people }: Catalog): GovernanceView {
  return {
    contents: Object.entries(parts).map(([id, label]) => ({ label, address: `#${id}`, parts: [] })),
    editors: site.editors.flatMap((id) => people.get(id) ?? []),
  }
}
