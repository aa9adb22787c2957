import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changesOf } from '#domain/changes.ts'
import { addDays, firstDayOf } from '#domain/day.ts'
import { derive, type Derivation, type Status } from '#domain/derive.ts'
import { isRetraction, type Evidence, type StoredRecord } from '#domain/evidence.ts'
import { parseRecord, serializeRecord } from '#domain/evidence-text.ts'
import { claimKindOf, ruleTable } from '#domain/rule-table.ts'
import { levelWords, supportWords } from '#domain/status-words.ts'
import { foldStreams, type Fate } from '#domain/streams.ts'
import type { Shown } from '#domain/verdict.ts'
import { observedRun, propertyTimeout, retractionOf, runsOf } from '#tests/builders.ts'
import {
  accountOf,
  claimedSupports,
  essenceOf,
  exampleDay,
  someHistory,
  statusOf,
  withoutFuture,
  type History,
} from './evidence-arbitraries.ts'

const numRuns = runsOf(600)

/** Holds a property, and that it was about something at least once in twenty. */
function holds<T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => boolean | undefined): void {
  let telling = 0
  fc.assert(
    fc.property(arbitrary, (value) => {
      if (check(value) === true) telling += 1
    }),
    { numRuns },
  )
  expect(telling).toBeGreaterThan(numRuns / 20)
}

const history = someHistory()
const laterBy = fc.constantFrom(1, 2, 29, 100, 178, 179, 180, 181, 182, 364, 365, 366, 550, 1000)
const later = (clock: string, days: number) => `${addDays(clock.slice(0, 10), days)}${clock.slice(10)}`

const evidenceOf = (records: readonly StoredRecord[]) =>
  records.filter((record): record is Evidence => !isRetraction(record))

/** One record of each run, and none taken back. */
function withoutConflicts(history: History): Settled {
  const settled = (records: readonly StoredRecord[]) => [
    ...new Map(evidenceOf(records).map((record) => [record.id, record])).values(),
  ]
  return { ...history, evidence: settled(history.evidence), control: settled(history.control) }
}

type Settled = Omit<History, 'evidence' | 'control'> & Record<'evidence' | 'control', readonly Evidence[]>

const shuffled = <T>(values: readonly T[]) =>
  fc.shuffledSubarray([...values], { minLength: values.length, maxLength: values.length })

/** What became of each record. Of equal ones it means nothing which is which. */
const tellingOf = ({ fates }: Derivation) =>
  [...fates].map(([record, fate]) => `${fate} ${serializeRecord(record)}`).sort()

describe('the order', () => {
  test(
    'in which records and claims are read changes nothing',
    () => {
      const orders = history.chain((one) =>
        fc.tuple(
          fc.constant(one),
          fc
            .tuple(shuffled(one.evidence), shuffled(one.control), shuffled(one.claims))
            .map(([evidence, control, claims]) => ({ ...one, evidence, control, claims })),
        ),
      )
      holds(orders, ([one, other]) => {
        const [account, same] = [accountOf(one), accountOf(other)]
        expect(same.status).toEqual(account.status)
        expect(tellingOf(same)).toEqual(tellingOf(account))
        return account.fates.size > 1
      })
    },
    propertyTimeout,
  )

  test(
    'and the number of times they are read neither',
    () => {
      const copy = (record: StoredRecord) => parseRecord(serializeRecord(record)).record ?? record
      holds(history, (one) => {
        const twice = {
          ...one,
          evidence: [...one.evidence, ...one.evidence, ...one.evidence.map(copy)],
          control: [...one.control.map(copy), ...one.control],
          claims: [...one.claims.filter(({ scope }) => scope === undefined), ...one.claims],
        }
        const status = statusOf(one)
        expect(essenceOf(statusOf(twice))).toEqual(essenceOf(status))
        if (one.claims.length === 0) expect(statusOf(twice)).toEqual(status)
        return status.witnesses.length > 0
      })
    },
    propertyTimeout,
  )
})

describe('what says nothing changes nothing', () => {
  test(
    'runs that were skipped, cancelled, or lost with their machine',
    () => {
      const outcome = fc.constantFrom('skipped' as const, 'cancelled' as const, 'infra' as const)
      holds(fc.tuple(history, someHistory(), outcome), ([one, { evidence, control }, outcome]) => {
        const lost = (records: readonly StoredRecord[]) => evidenceOf(records).map((record) => ({ ...record, outcome }))
        const more = {
          ...one,
          evidence: [...lost(evidence), ...one.evidence],
          control: [...one.control, ...lost(control)],
        }
        const before = statusOf(one)
        expect(essenceOf(statusOf(more))).toEqual(essenceOf(before))
        return evidence.length > 0 && before.support !== 'unknown'
      })
    },
    propertyTimeout,
  )

  test(
    'what was seen or said after the clock',
    () => {
      holds(history, (one) => {
        const known = withoutFuture(one)
        expect(statusOf(known)).toEqual(statusOf(one))
        return known.evidence.length < one.evidence.length || known.claims.length < one.claims.length
      })
    },
    propertyTimeout,
  )

  test(
    'a record that was taken back: it is as if it had never been',
    () => {
      holds(fc.tuple(history, fc.nat({ max: 5 }), fc.nat({ max: 5 })), ([one, first, second]) => {
        const back = [evidenceOf(one.evidence)[first], evidenceOf(one.control)[second]].filter(
          (record) => record !== undefined,
        )
        const retractions = back.map((record) => retractionOf(record))
        const ids = new Set(back.map(({ id }) => id))
        const isLeft = ({ id }: StoredRecord) => !ids.has(id)
        const taken = {
          ...one,
          evidence: [...retractions, ...one.evidence],
          control: [...one.control, ...retractions],
        }
        const never = { ...one, evidence: one.evidence.filter(isLeft), control: one.control.filter(isLeft) }
        expect(statusOf(taken)).toEqual(statusOf(never))
        return back.length > 0
      })
    },
    propertyTimeout,
  )
})

describe('time', () => {
  test(
    'alone only loses certainty',
    () => {
      let lost = 0
      holds(fc.tuple(history.map(withoutFuture), laterBy), ([one, days]) => {
        const now = statusOf(one)
        const then = statusOf({ ...one, asOf: later(one.asOf, days) })
        expect(then.support).toBe(now.support)
        expect(then.staleOn).toBe(now.staleOn)
        if (then.basis !== now.basis) {
          expect(then.basis).toBe('stale')
          expect(['verified', 'claimed', 'disputed']).toContain(now.basis)
          lost += 1
        }
        if (now.basis !== 'none') expect(then.basis === 'stale').toBe((now.staleOn ?? '') <= later(exampleDay, days))
        return now.basis !== 'none'
      })
      expect(lost).toBeGreaterThan(numRuns / 10)
    },
    propertyTimeout,
  )

  test(
    'never makes a status fresher unless something new was seen or said',
    () => {
      holds(fc.tuple(history, laterBy), ([one, days]) => {
        const asOf = later(one.asOf, days)
        const [now, then] = [statusOf(one), statusOf({ ...one, asOf })]
        const isNew = (at: string) => at > one.asOf && at <= asOf
        const learnt =
          [...one.evidence, ...one.control].some((record) => !isRetraction(record) && isNew(record.observedAt)) ||
          one.claims.some(({ date }) => isNew(`${firstDayOf(date)}T23:59:59Z`))
        if (now.basis === 'stale' && then.basis !== 'stale') expect(learnt).toBe(true)
        return learnt
      })
    },
    propertyTimeout,
  )
})

const someVersion = fc.constantFrom(undefined, '7.9', '8.2', '9.0-rc1', '9.0', '10', 'r5', 'canary')

/** A run that no other one is newer than. */
function newest({ job, level, outcome, version }: Newest): Evidence {
  return observedRun({
    level,
    outcome,
    source: { job },
    run: { id: '99' },
    observedAt: `${exampleDay}T12:00:00Z`,
    ...(version === undefined ? {} : { version }),
  })
}

interface Newest extends Pick<Evidence, 'level' | 'outcome'> {
  job: string
  version: string | undefined
}

describe('a failure', () => {
  test(
    'alone never breaks a cell that works',
    () => {
      const failure = fc.record({
        job: fc.constantFrom('test', 'other', 'new'),
        level: fc.constantFrom('builds' as const, 'starts' as const, 'tested' as const),
        version: someVersion,
      })
      const histories = history.map(withoutFuture).map(withoutConflicts)
      holds(fc.tuple(histories, failure), ([one, { job, level, version }]) => {
        const before = statusOf(one)
        const { streams } = foldStreams(one.evidence, one.control, one.releases)
        const isAlone = streams.every(
          ({ state, pending, deciding }) =>
            (state === 'passes' && !pending) || (deciding[0] ?? pending)?.record.source.job !== job,
        )
        if (!isAlone || before.support !== 'works') return false
        const evidence = [...one.evidence, newest({ job, level, version, outcome: 'failed' })]
        expect(essenceOf(statusOf({ ...one, evidence }))).toEqual(essenceOf(before))
        return true
      })
    },
    propertyTimeout,
  )

  test(
    'of a repeated run alone never breaks a cell that works',
    () => {
      const histories = history.map(withoutFuture).map(withoutConflicts)
      holds(fc.tuple(histories, fc.nat()), ([one, drawn]) => {
        const before = statusOf(one)
        const { streams } = foldStreams(one.evidence, one.control, one.releases)
        const passing = streams.flatMap(({ state, pending, deciding }) =>
          state === 'passes' && !pending ? deciding.map(({ record }) => record) : [],
        )
        const repeated = passing[drawn % passing.length]
        if (!repeated || before.support !== 'works') return false
        // The failure of another attempt, of which the new one takes the place, may have been of another version.
        if (one.evidence.filter((record) => 'run' in record && record.run.id === repeated.run.id).length > 1)
          return false
        const failure: Evidence = {
          ...repeated,
          id: 'f'.repeat(64),
          run: { ...repeated.run, attempt: repeated.run.attempt + 1 },
          outcome: 'failed',
          observedAt: one.asOf,
        }
        expect(essenceOf(statusOf({ ...one, evidence: [...one.evidence, failure] }))).toEqual(essenceOf(before))
        return true
      })
    },
    propertyTimeout,
  )

  test(
    'of the control column in the same run neutralises it',
    () => {
      let excused = 0
      holds(someHistory().map(withoutConflicts), (one) => {
        const { evidence } = one
        const failures = evidence.filter(({ outcome }) => outcome === 'failed')
        const control = failures.map(({ source, run, level, group, observedAt }) =>
          observedRun({
            architecture: 'amd64',
            outcome: 'failed',
            source,
            run,
            level,
            observedAt,
            ...(group === undefined ? {} : { group }),
          }),
        )
        const account = accountOf({ ...one, control })
        const passes = evidence.filter(({ outcome }) => outcome !== 'failed')
        expect(essenceOf(account.status)).toEqual(essenceOf(statusOf({ ...one, evidence: passes, control: [] })))
        if (statusOf({ ...one, control: [] }).support !== account.status.support) excused += 1
        return [...account.fates.values()].includes('neutralised')
      })
      expect(excused).toBeGreaterThan(0)
    },
    propertyTimeout,
  )
})

test(
  'a newer native pass never makes a cell worse',
  () => {
    const pass = fc.record({
      job: fc.constantFrom('test', 'other', 'new'),
      level: fc.constantFrom(...levelWords),
      version: someVersion,
    })
    let better = 0
    holds(fc.tuple(history.map(withoutFuture), pass), ([one, { job, level, version }]) => {
      const evidence = [...one.evidence, newest({ job, level, version, outcome: 'passed' })]
      const [before, after] = [statusOf(one), statusOf({ ...one, evidence })]
      const place = ({ support }: Status) => supportWords.indexOf(support)
      expect(place(after)).toBeLessThanOrEqual(place(before))
      // Of a word that says no, a pass takes the certainty: it speaks against it.
      const saysNo = ['broken', 'dropped', 'unsupported', 'not-applicable'].includes(after.support)
      if (before.support === after.support && !saysNo) {
        if (before.basis === 'verified') expect(after.basis).toBe('verified')
        if (before.basis === 'claimed') expect(['claimed', 'verified']).toContain(after.basis)
      }
      if (place(after) < place(before)) better += 1
      return true
    })
    expect(better).toBeGreaterThan(numRuns / 20)
  },
  propertyTimeout,
)

describe('the account', () => {
  test(
    'names only records that were given, and that say how a run ended',
    () => {
      holds(history, (one) => {
        const { status, verdict, fates } = accountOf(one)
        const given = new Set<StoredRecord>(one.evidence)
        for (const witness of verdict.witnesses) {
          expect(given.has(witness)).toBe(true)
          expect(['passed', 'failed']).toContain(witness.outcome)
          expect(witness.observedAt <= one.asOf).toBe(true)
          expect(fates.get(witness)).toBe('witness')
        }
        const witnesses = [...fates].flatMap(([{ id }, fate]) => (fate === 'witness' ? [id] : []))
        expect([...witnesses].sort()).toEqual(verdict.witnesses.map(({ id }) => id).sort())
        if (status.witnesses.length > 0) expect(status.witnesses).toEqual(verdict.witnesses.map(({ id }) => id))
        return witnesses.length > 0
      })
    },
    propertyTimeout,
  )

  test(
    'loses no record: each one has a fate, and no other one has',
    () => {
      holds(history, (one) => {
        const { fates } = accountOf(one)
        expect(new Set(fates.keys())).toEqual(new Set(evidenceOf(one.evidence)))
        return fates.size > 1
      })
    },
    propertyTimeout,
  )

  test(
    'gives reasons, in sentences',
    () => {
      holds(history, (one) => {
        const { reasons, witnesses } = statusOf(one)
        expect(reasons.length).toBeGreaterThan(0)
        for (const reason of reasons) expect(reason).toMatch(/^[A-Z0-9].*\.$/s)
        for (const id of witnesses) expect(reasons.some((reason) => reason.includes(id.slice(0, 12)))).toBe(true)
        return witnesses.length > 0
      })
    },
    propertyTimeout,
  )
})

describe('changes', () => {
  const rangeOfDays = (one: History) => {
    const days = [
      ...one.claims.map(({ date }) => firstDayOf(date)),
      ...[...one.evidence, ...one.control].flatMap((record) =>
        isRetraction(record) ? [] : [record.observedAt.slice(0, 10)],
      ),
    ]
    return days.sort()[0] ?? exampleDay
  }

  test(
    'are the days on which deriving gives another support or basis, and no others',
    () => {
      // Every day of some years is derived, so there are fewer histories.
      let changed = 0
      fc.assert(
        fc.property(history, (one) => {
          const { evidence, claims, asOf, control, releases } = one
          const changes = changesOf(evidence, claims, asOf, { control, releases })
          const expected: unknown[] = []
          let before: Status = derive([], [], asOf)
          for (let day = rangeOfDays(one); day <= exampleDay; day = addDays(day, 1)) {
            const status = statusOf({ ...one, asOf: day === exampleDay ? asOf : `${day}T23:59:59Z` })
            if (status.support !== before.support || status.basis !== before.basis)
              expected.push({ on: day, to: status })
            before = status
          }
          expect(changes.map(({ on, to }) => ({ on: firstDayOf(on), to }))).toEqual(expected)
          changed += changes.length
        }),
        { numRuns: runsOf(40) },
      )
      expect(changed).toBeGreaterThan(40)
    },
    propertyTimeout,
  )

  test(
    'follow each other: each begins with what the one before led to, and the last one is the status of today',
    () => {
      holds(history, (one) => {
        const { evidence, claims, asOf, control, releases } = one
        const changes = changesOf(evidence, claims, asOf, { control, releases })
        let last: Pick<Status, 'support' | 'basis'> = { support: 'unknown', basis: 'none' }
        for (const { from, to } of changes) {
          expect([from.support, from.basis]).toEqual([last.support, last.basis])
          expect([to.support, to.basis]).not.toEqual([from.support, from.basis])
          last = to
        }
        expect(statusOf(one)).toMatchObject({ support: last.support, basis: last.basis })
        return changes.length > 1
      })
    },
    propertyTimeout,
  )
})

/** Every support with every basis that the table of the rule can lead to. */
function possibleStatuses(): Set<string> {
  const possible = new Set(['unknown none'])
  for (const support of claimedSupports) for (const basis of ['claimed', 'stale']) possible.add(`${support} ${basis}`)
  for (const [shown, row] of Object.entries(ruleTable)) {
    for (const support of [undefined, ...claimedSupports]) {
      const believed = row[claimKindOf(support)]
      if (believed === 'claim' || shown === ('nothing' satisfies Shown)) continue
      const word = believed === 'confirmed' || believed === 'claim-against-run' ? (support ?? 'unknown') : shown
      const isContradicted = believed === 'run-against-claim' || believed === 'claim-against-run'
      possible.add(`${word} ${isContradicted ? 'disputed' : 'verified'}`)
      possible.add(`${word} stale`)
    }
  }
  return possible
}

test(
  'these histories reach every status that the rule can lead to, and every fate of a record',
  () => {
    const statuses = new Map<string, number>()
    const fates = new Map<Fate, number>()
    let [flaky, pending] = [0, 0]
    const count = <K>(counts: Map<K, number>, key: K) => counts.set(key, (counts.get(key) ?? 0) + 1)
    fc.assert(
      fc.property(history, (one) => {
        const { status, verdict, fates: each } = accountOf(one)
        count(statuses, `${status.support} ${status.basis}`)
        for (const fate of each.values()) count(fates, fate)
        if (verdict.flaky) flaky += 1
        if (verdict.pending.length > 0) pending += 1
      }),
      { numRuns: runsOf(4000), seed: 20_261_121 },
    )
    expect([...statuses.keys()].sort()).toEqual([...possibleStatuses()].sort())
    const everyFate: Record<Fate, true> = {
      witness: true,
      pending: true,
      superseded: true,
      neutralised: true,
      'not-definitive': true,
      'out-of-scope': true,
      retracted: true,
      future: true,
    }
    expect([...fates.keys()].sort()).toEqual(Object.keys(everyFate).sort())
    expect(Math.min(flaky, pending)).toBeGreaterThan(100)
  },
  propertyTimeout,
)
