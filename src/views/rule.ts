/** The published rule as a table: what runs say, what the newest claim says, what readers are told. */
import { exampleScenarios } from '#domain/worked-examples.ts'
import { claimKinds, type ClaimKind } from '#domain/rule-table.ts'
import { groupOfSupport, type Basis, type Support, type SupportGroup } from '#domain/status-words.ts'
import { labelOfBasis, labelOfSupport } from './words.ts'

export interface RuleCell {
  claim: ClaimKind
  claimLabel: string
  group: SupportGroup
  support: Support
  label: string
  basis: Basis
  basisLabel: string
}

export interface RuleView {
  /** Kinds of claims, in the order of columns. */
  claims: { id: ClaimKind; label: string }[]
  /** Rows that have a status for every kind of claim. */
  rows: { says: string; cells: RuleCell[] }[]
  /** Cases that show one more thing each. */
  cases: { says: string; cells: RuleCell[] }[]
}

const labelOfClaim: Record<ClaimKind, string> = {
  none: 'no claim',
  works: 'works',
  caveat: 'partial or experimental',
  emulated: 'emulated',
  available: 'available',
  'in-progress': 'in progress',
  broken: 'broken',
  removed: 'dropped or unsupported',
  'not-applicable': 'not applicable',
}

export function viewRule(): RuleView {
  const all = exampleScenarios.map(({ says, statuses }) => ({
    says,
    cells: claimKinds.flatMap((claim): RuleCell[] => {
      const status = statuses[claim]
      if (!status) return []
      const [support, basis] = status
      return [
        {
          claim,
          claimLabel: labelOfClaim[claim],
          group: groupOfSupport[support],
          support,
          label: claim === 'caveat' && support === 'experimental' ? 'as claimed' : labelOfSupport[support],
          basis,
          basisLabel: basis === 'none' ? 'nothing known' : labelOfBasis[basis],
        },
      ]
    }),
  }))
  return {
    claims: claimKinds.map((id) => ({ id, label: labelOfClaim[id] })),
    rows: all.filter(({ cells }) => cells.length === claimKinds.length),
    cases: all.filter(({ cells }) => cells.length < claimKinds.length),
  }
}
