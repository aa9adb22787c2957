/** The published rule: every word with its test, and the table that the rule is tested against. */
import { freshForDays } from '#domain/verdict.ts'
import { monthsUntilStale } from '#domain/derive.ts'
import {
  basisWords,
  executionWords,
  groupOfSupport,
  levelWords,
  meaningOfBasis,
  meaningOfLevel,
  meaningOfSupport,
  supportGroups,
  supportsThatNeedNote,
  supportWords,
  type Basis,
  type SupportGroup,
} from '#domain/status-words.ts'
import { labelOfBasis, labelOfGroup, labelOfSupport, meaningOfGroup } from './words.ts'

export interface WordView {
  word: string
  label: string
  meaning: string
}

export interface StatusWordsView {
  groups: (WordView & { group: SupportGroup; words: string[] })[]
  supports: (WordView & { group: SupportGroup; needsNote: boolean; months: number | undefined })[]
  bases: (WordView & { basis: Basis })[]
  levels: WordView[]
  executions: WordView[]
  /** For how many days a run is fresh. */
  freshForDays: number
}

const meaningOfExecution: Record<(typeof executionWords)[number], string> = {
  native: 'It ran on a machine of that architecture.',
  emulated: 'It ran under an emulator. Never shown like native.',
  cross: 'It was built for the architecture on a machine of another one.',
}

export function viewStatusWords(): StatusWordsView {
  return {
    groups: supportGroups.map((group) => ({
      group,
      word: group,
      label: labelOfGroup[group],
      meaning: meaningOfGroup[group],
      words: supportWords.filter((word) => groupOfSupport[word] === group).map((word) => labelOfSupport[word]),
    })),
    supports: supportWords.map((word) => ({
      word,
      label: labelOfSupport[word],
      meaning: meaningOfSupport[word],
      group: groupOfSupport[word],
      needsNote: supportsThatNeedNote.includes(word),
      months: word === 'unknown' ? undefined : monthsUntilStale(word),
    })),
    bases: basisWords.map((basis) => ({
      basis,
      word: basis,
      label: labelOfBasis[basis],
      meaning: meaningOfBasis[basis],
    })),
    levels: levelWords.map((word) => ({ word, label: word, meaning: meaningOfLevel[word] })),
    executions: executionWords.map((word) => ({ word, label: word, meaning: meaningOfExecution[word] })),
    freshForDays,
  }
}
