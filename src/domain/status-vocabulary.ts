/** The words of a status as plain lists, also for browsers, which have no use for schemas. */

/** Support, from good news to none. The order is the one that pages and summaries use. */
export const supportWords = [
  'works',
  'partial',
  'experimental',
  'emulated',
  'available',
  'in-progress',
  'broken',
  'dropped',
  'unsupported',
  'not-applicable',
  'unknown',
] as const
export type Support = (typeof supportWords)[number]

/** The six groups that a reader sees first. */
export const supportGroups = ['works', 'limited', 'exists', 'coming', 'no', 'not-known'] as const
export type SupportGroup = (typeof supportGroups)[number]

export const groupOfSupport: Record<Support, SupportGroup> = {
  works: 'works',
  partial: 'limited',
  experimental: 'limited',
  emulated: 'limited',
  available: 'exists',
  'in-progress': 'coming',
  broken: 'no',
  dropped: 'no',
  unsupported: 'no',
  'not-applicable': 'not-known',
  unknown: 'not-known',
}

export const basisWords = ['verified', 'claimed', 'stale', 'disputed', 'none'] as const
export type Basis = (typeof basisWords)[number]

/** What a run proved, at most. The order is strength. */
export const levelWords = ['available', 'builds', 'starts', 'tested'] as const
export type Level = (typeof levelWords)[number]

export const executionWords = ['native', 'emulated', 'cross'] as const
export type Execution = (typeof executionWords)[number]
