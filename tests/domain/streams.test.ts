import { describe, expect, test } from 'vitest'
import type { Evidence } from '#domain/evidence.ts'
import { foldStreams, reaches, windowOfVerdicts } from '#domain/streams.ts'
import { observedRun } from '#tests/builders.ts'

/** One run of a day of November 2026 for each letter: `P`assed or `F`ailed. */
function runs(letters: string, changes: Parameters<typeof observedRun>[0] = {}): Evidence[] {
  return [...letters].map((letter, index) =>
    observedRun({
      outcome: letter === 'P' ? 'passed' : 'failed',
      observedAt: `2026-11-${String(index + 1).padStart(2, '0')}T10:00:00Z`,
      ...changes,
      run: { id: String(index + 1), ...changes.run },
    }),
  )
}

function foldOne(records: readonly Evidence[], control: readonly Evidence[] = [], releases?: readonly string[]) {
  const { streams, fates } = foldStreams(records, control, releases)
  return { stream: streams[0], streams, fates: records.map((record) => fates.get(record)) }
}

describe('a stream', () => {
  test.each([
    ['P', 'passes', false],
    ['F', 'undecided', true],
    ['PF', 'passes', true],
    ['FF', 'fails', false],
    ['PFF', 'fails', false],
    ['PFFF', 'fails', false],
    ['FFP', 'passes', false],
    ['FFPF', 'passes', true],
    ['FPF', 'passes', true],
  ])('of %s %s', (letters, state, isPending) => {
    const { stream } = foldOne(runs(letters))
    expect(stream?.state).toBe(state)
    expect(stream?.pending !== undefined).toBe(isPending)
  })

  test.each([
    ['PPPP', false],
    ['PFPP', false],
    ['PFPF', true],
    ['PFFPPFF', true],
  ])('of %s is flaky: %s', (letters, flaky) => {
    expect(foldOne(runs(letters)).stream?.flaky).toBe(flaky)
  })

  test('looks at its last runs only', () => {
    const { stream } = foldOne(runs(`PFPF${'P'.repeat(windowOfVerdicts)}`))
    expect(stream?.flaky).toBe(false)
  })

  test('is flaky where its runner says so', () => {
    expect(foldOne(runs('P', { flaky: true })).stream?.flaky).toBe(true)
  })

  test('is of one job, level, kind of execution and C library', () => {
    const records = [
      observedRun(),
      observedRun({ source: { job: 'other' } }),
      observedRun({ level: 'builds' }),
      observedRun({ execution: 'emulated', run: { id: '2' } }),
      observedRun({ libc: 'musl', run: { id: '3' } }),
      observedRun({ source: { workflow: 'nightly' }, run: { id: '4' } }),
    ]
    expect(foldOne(records).streams).toHaveLength(records.length)
  })
})

describe('of the attempts of a run', () => {
  const attempts = (first: Evidence['outcome'], second: Evidence['outcome']) =>
    [first, second].map((outcome, index) => observedRun({ outcome, run: { attempt: index + 1 } }))

  test('the last one counts, and it is flaky where they differ', () => {
    expect(foldOne(attempts('failed', 'passed'))).toMatchObject({
      stream: { state: 'passes', flaky: true },
      fates: ['superseded', 'superseded'],
    })
    expect(foldOne(attempts('failed', 'failed'))).toMatchObject({
      stream: { state: 'undecided', flaky: false },
      fates: ['superseded', 'pending'],
    })
  })

  test('a failure after a pass is one more failure, and takes no pass away', () => {
    expect(foldOne(attempts('passed', 'failed'))).toMatchObject({
      stream: { state: 'passes', flaky: true },
      fates: ['superseded', 'pending'],
    })
    const third = observedRun({ outcome: 'failed', run: { attempt: 3 } })
    expect(foldOne([third, ...attempts('passed', 'failed')])).toMatchObject({
      stream: { state: 'passes' },
      fates: ['pending', 'superseded', 'superseded'],
    })
  })

  test('the last one that said anything counts', () => {
    expect(foldOne(attempts('passed', 'cancelled'))).toMatchObject({
      stream: { state: 'passes', flaky: false },
      fates: ['superseded', 'not-definitive'],
    })
  })
})

describe('the control column', () => {
  const failure = runs('F')
  const onControl = (changes: Parameters<typeof observedRun>[0] = {}) => [
    observedRun({ architecture: 'amd64', outcome: 'failed', ...changes }),
  ]

  test('excuses a failure of the same run, level and attempt', () => {
    expect(foldOne(failure, onControl()).fates).toEqual(['neutralised'])
  })

  test('is found by the group where each architecture has a run of its own', () => {
    const grouped = runs('F', { group: 'nightly-7' })
    expect(foldOne(grouped, onControl({ group: 'nightly-7', run: { id: '555' } })).fates).toEqual(['neutralised'])
    expect(foldOne(grouped, onControl({ group: 'nightly-8', run: { id: '555' } })).fates).toEqual(['pending'])
  })

  test.each([
    ['passed', { outcome: 'passed' }],
    ['was cancelled', { outcome: 'cancelled' }],
    ['failed at another level', { level: 'builds' }],
    ['failed in another run', { run: { id: '2' } }],
    ['failed in another repository', { source: { repository: 'valkey/valkey' } }],
    ['failed under emulation', { execution: 'emulated' }],
    ['failed on another system', { os: 'windows' }],
    ['failed in a later attempt', { run: { attempt: 2 } }],
  ] as const)('excuses nothing where it %s', (_, changes) => {
    expect(foldOne(failure, onControl(changes)).fates).toEqual(['pending'])
  })

  test('says what its newest attempt said by then', () => {
    const second = runs('F', { run: { attempt: 2 } })
    const first = onControl()
    expect(foldOne(second, first).fates).toEqual(['neutralised'])
    expect(foldOne(second, [...first, ...onControl({ outcome: 'passed', run: { attempt: 2 } })]).fates).toEqual([
      'pending',
    ])
    const oneOfTwo = [...onControl({ source: { job: 'a' } }), ...onControl({ source: { job: 'b' }, outcome: 'passed' })]
    expect(foldOne(failure, oneOfTwo).fates).toEqual(['neutralised'])
    expect(foldOne(failure, [...oneOfTwo].reverse()).fates).toEqual(['neutralised'])
  })

  test('never excuses a pass', () => {
    expect(foldOne(runs('P'), onControl()).stream?.state).toBe('passes')
  })
})

describe('versions', () => {
  const of = (version: string | undefined, letters: string, day: number) =>
    runs(letters).map((record, index) =>
      observedRun({
        ...record,
        ...(version === undefined ? {} : { version }),
        run: { id: `${version} ${index}` },
        observedAt: `2026-11-${String(day + index).padStart(2, '0')}T10:00:00Z`,
      }),
    )

  test('an older one does not answer a newer one', () => {
    expect(foldOne([...of('9.0', 'FF', 1), ...of('8.2', 'P', 9)]).stream?.state).toBe('fails')
    expect(foldOne([...of('9.0', 'P', 1), ...of('8.10', 'FF', 8), ...of('8.9', 'FF', 6)]).stream?.state).toBe('passes')
  })

  test('which one is older the project may say', () => {
    const records = [...of('Vista', 'FF', 1), ...of('XP', 'P', 9)]
    expect(foldOne(records).stream?.state).toBe('passes')
    expect(foldOne(records, [], ['XP', 'Vista']).stream?.state).toBe('fails')
  })

  test('a run that names none speaks of the newest one by then', () => {
    const unnamed = (letters: string, day: number) => of(undefined, letters, day)
    const failing = of('9.0', 'FF', 3)
    expect(foldOne([...failing, ...unnamed('P', 9)]).stream?.state).toBe('passes')
    expect(foldOne([...of('8.2', 'P', 1), ...unnamed('P', 2), ...failing]).stream?.state).toBe('fails')
  })

  test('a failure before the release says nothing where a release was tried', () => {
    const candidate = of('9.0-rc1', 'FF', 8)
    expect(foldOne([...of('8.2', 'P', 1), ...candidate])).toMatchObject({
      stream: { state: 'passes' },
      fates: ['superseded', 'superseded', 'superseded'],
    })
    expect(foldOne(candidate).stream?.state).toBe('fails')
  })

  test('a pass before the release does not answer the failures of a release', () => {
    expect(foldOne([...of('8.2', 'FF', 1), ...of('9.0-rc1', 'P', 8)]).stream?.state).toBe('fails')
  })

  test('a failure of a release leaves standing what passed before it', () => {
    const { stream, fates } = foldOne([...of('9.0-rc1', 'P', 1), ...of('8.2', 'F', 8)])
    expect(stream?.state).toBe('passes')
    expect(fates[1]).toBe('pending')
  })
})

const oneRun = observedRun({ outcome: 'failed', group: 'one' })

test('many runs of one day take no time', () => {
  const records = Array.from({ length: 20_000 }, (_, index): Evidence => {
    const named = index % 2 === 0 ? { version: `1.${index % 90}` } : {}
    return { ...oneRun, ...named, id: String(index), run: { id: String(index >> 1), attempt: 1 } }
  })
  const started = performance.now()
  foldStreams(records, records, undefined)
  expect(performance.now() - started).toBeLessThan(10_000)
})

test('a level reaches itself and those below it', () => {
  expect(reaches('tested', 'starts')).toBe(true)
  expect(reaches('builds', 'builds')).toBe(true)
  expect(reaches('available', 'builds')).toBe(false)
})
