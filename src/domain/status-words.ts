/**
 * The words of a status, and what each one means. The words are the contract with readers and
 * programs; the meaning is the test that a contributor can apply before writing one.
 */
import { z } from 'zod'
import type * as vocabulary from './status-vocabulary.ts'
import { basisWords, executionWords, levelWords, supportWords } from './status-vocabulary.ts'

export {
  basisWords,
  executionWords,
  groupOfSupport,
  levelWords,
  supportGroups,
  supportWords,
} from './status-vocabulary.ts'
export type { SupportGroup } from './status-vocabulary.ts'

export type Support = vocabulary.Support
export const Support = z.enum(supportWords)

/** What a claim may say: every word but `unknown`, which is what an empty cell means. */
export const ClaimedSupport = Support.exclude(['unknown'], {
  error: ({ input }) => (typeof input === 'string' ? adviceOnWord.get(input.toLowerCase()) : undefined),
})
export type ClaimedSupport = z.infer<typeof ClaimedSupport>

/** What to write instead of words that people try first. The nearest word would often be a wrong one. */
const adviceOnWord = new Map([
  ['unknown', 'remove the claim: an empty cell means `unknown`'],
  ['supported', 'did you mean `works`?'],
  ['native', 'did you mean `works`?'],
  ['yes', 'did you mean `works`?'],
  ['true', 'did you mean `works`?'],
  ['no', 'write `broken` where it was shown not to work, `unsupported` where upstream says no'],
  ['false', 'write `broken` where it was shown not to work, `unsupported` where upstream says no'],
  ['planned', 'write `in-progress` where a port is under way in public, else remove the claim'],
])

/** The test that a contributor can apply. */
export const meaningOfSupport: Record<Support, string> = {
  works:
    'Runs natively there: upstream or a named distributor says so, or a fresh run shows it starts or passes its tests.',
  partial: 'Runs, but something documented is missing or limited. The note says what.',
  experimental: 'Needs a patch, a flag or building it yourself. The note gives the steps or links the recipe.',
  emulated: 'Shown to run under emulation; nobody has shown it native.',
  available: 'A package, image, wheel or binary exists for it; nobody has shown it running.',
  'in-progress': 'A port is under way, in public. Expires after 12 months without news.',
  broken: 'Builds or ships, and was shown not to work.',
  dropped: 'Worked until a version, then support was removed.',
  unsupported: 'Upstream says no, or it cannot run there.',
  'not-applicable': 'The question makes no sense there.',
  unknown: 'Nobody has looked. Never written in content: it is what an empty cell means.',
}

/** Words whose claim must say more in its note. */
export const supportsThatNeedNote: readonly Support[] = ['partial', 'experimental', 'emulated', 'broken', 'dropped']

export type Basis = vocabulary.Basis
export const Basis = z.enum(basisWords)

export const meaningOfBasis: Record<Basis, string> = {
  verified: 'Fresh evidence shows it.',
  claimed: 'A person says so, with a link.',
  stale: 'What we know is too old to rely on.',
  disputed: 'Evidence and claim contradict each other; both are shown.',
  none: 'Nothing is known.',
}

/** What a run proved, at most. */
export type Level = vocabulary.Level
export const Level = z.enum(levelWords)

export const meaningOfLevel: Record<Level, string> = {
  available: 'A package, image or binary for the architecture exists.',
  builds: 'It was compiled for the architecture.',
  starts: 'It was installed and ran.',
  tested: 'Its own tests passed.',
}

export type Execution = vocabulary.Execution
export const Execution = z.enum(executionWords)

export const outcomeWords = ['passed', 'failed', 'skipped', 'cancelled', 'infra'] as const
export const Outcome = z.enum(outcomeWords)
export type Outcome = z.infer<typeof Outcome>
