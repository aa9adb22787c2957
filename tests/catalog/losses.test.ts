import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ContentState } from '#catalog/content-state.ts'
import { lossesOf } from '#catalog/losses.ts'
import { serializeRecord } from '#domain/evidence-text.ts'
import { inReadingOrder } from '#domain/problem.ts'
import { observedRun, placesOf, projectFile, propertyTimeout, runsOf } from '#tests/builders.ts'
import { claims, contentFiles, lockLines, records, redis, runs, stateOf, type ClaimWords } from './content-states.ts'

const whole = stateOf()
const without = <T>(list: readonly T[], one: T): T[] => list.filter((other) => other !== one)
const unsaidBetween = (before: ContentState, after: ContentState, said: string[] = []) =>
  inReadingOrder(
    lossesOf(
      before,
      after,
      said.map((path) => ({ path, by: 'somebody' })),
    )
      .filter(({ by }) => by === undefined)
      .map(({ problem }) => problem),
  )
const lost = (changes: Record<string, string | undefined>, said: string[] = []) =>
  unsaidBetween(whole, stateOf(changes), said)
const codes = (changes: Record<string, string | undefined>, said: string[] = []) =>
  lost(changes, said).map(({ code }) => code)
const withClaims = (some: ClaimWords[], removes?: string[]) => ({
  'projects/redis.md': redis({ claims: some, ...(removes && { removes }) }),
})
const [arm64, armv7, scoped] = claims as [ClaimWords, ClaimWords, ClaimWords]
const evidence = (some: readonly string[]) => ({ 'evidence/redis.jsonl': some.map((line) => `${line}\n`).join('') })
const lines = records.map(serializeRecord)

test('the content of these tests is valid', () => {
  expect(placesOf(whole.problems)).toEqual([])
})

describe('nothing is lost', () => {
  test('where nothing changes', () => {
    expect(lost({})).toEqual([])
  })

  test('by a change that only adds', { timeout: propertyTimeout }, () => {
    fc.assert(
      fc.property(
        fc.subarray(Object.keys(contentFiles)),
        fc.subarray(claims),
        fc.subarray(lines),
        fc.subarray(lockLines),
        (paths, someClaims, someLines, someLockLines) => {
          const fewer: Record<string, string | undefined> = {
            'projects/redis.md': redis({ claims: someClaims }),
            ...evidence(someLines),
            'ids.lock': `${someLockLines.join('\n')}\n`,
          }
          for (const path of paths) fewer[path] = undefined
          expect(unsaidBetween(stateOf(fewer), whole)).toEqual([])
        },
      ),
      { numRuns: runsOf(60) },
    )
  })

  test('where a claim is split or joined over its architectures, or is told better', () => {
    const split = arm64.architectures.map((id) => ({ ...arm64, architectures: [id], note: 'Told better.' }))
    expect(codes(withClaims([armv7, scoped, ...split]))).toEqual([])
    const other = stateOf(withClaims([armv7, scoped, ...split]))
    expect(unsaidBetween(other, whole)).toEqual([])
  })

  test('where the scope of a claim is edited', () => {
    expect(codes(withClaims([arm64, armv7, { ...scoped, scope: { libc: 'glibc' } }]))).toEqual([])
  })

  test('where a renamed project has all claims and old addresses', () => {
    expect(
      codes({
        'projects/redis.md': '---\nmovedTo: valkey\n---\n',
        'projects/valkey.md': redis(),
        'projects/former.md': '---\nmovedTo: valkey\n---\n',
        'sources/redis-ci.yml': contentFiles['sources/redis-ci.yml']?.replace('project: redis', 'project: valkey'),
      }),
    ).toEqual([])
  })

  test('where a file that has moved leads from its old address', () => {
    const site = contentFiles['site.yml']?.replace('{/start/', '{/notes/page-size/: /notes/pages/, /start/')
    expect(
      codes({
        'notes/page-size.md': undefined,
        'notes/pages.md': contentFiles['notes/page-size.md'],
        'site.yml': site,
      }),
    ).toEqual([])
  })

  test('where records stand in another file and another order', () => {
    expect(
      codes({ 'evidence/redis.jsonl': undefined, 'evidence/2026/redis.jsonl': `${[...lines].reverse().join('\n')}\n` }),
    ).toEqual([])
  })

  test('where a file has problems of its own, which say so already', () => {
    expect(codes({ 'projects/redis.md': '---\nname: Redis\n---\n' })).toEqual([])
  })

  test('where an issue is withdrawn: it takes its addresses with it', () => {
    const withdrawn = contentFiles['issues/0001.md']?.replace('published', 'withdrawn').replace(/aliases.*\n/, '')
    expect(codes({ 'issues/0001.md': withdrawn })).toEqual([])
  })
})

describe('a removed file', () => {
  const paths = Object.keys(contentFiles).filter((path) => !path.startsWith('evidence/') && path !== 'ids.lock')

  test.each(paths)('is told: %s', (path) => {
    expect(lost({ [path]: undefined })).toMatchObject([{ code: 'file-removed', place: { file: path, line: 1 } }])
    expect(codes({ [path]: undefined }, [path])).toEqual([])
    expect(codes({ [path]: undefined }, ['projects/other.md'])).toEqual(['file-removed'])
  })

  test('of a project is told with what it knew', () => {
    const [problem] = lost({ 'projects/redis.md': undefined })
    expect(problem?.expected).toContain('3 claims, of which 1 tells what was tried')
    expect(problem?.fix).toContain('`removes: projects/redis.md`')
    expect(problem?.fix).toContain('movedTo')
  })

  test('of a project is no rename where its address leads to something else', () => {
    const site = contentFiles['site.yml']?.replace('{/start/', '{/projects/plain/: /matrix/, /start/')
    expect(codes({ 'projects/plain.md': undefined, 'site.yml': site })).toEqual(['file-removed'])
  })

  test.each(['stub', 'redirect'])('of a project is no rename where it leads to one that was there, by a %s', (way) => {
    const site = contentFiles['site.yml']?.replace('{/start/', '{/projects/plain/: /projects/redis/, /start/')
    const changes =
      way === 'stub'
        ? { 'projects/plain.md': '---\nmovedTo: redis\n---\n' }
        : { 'projects/plain.md': undefined, 'site.yml': site }
    expect(lost(changes)).toMatchObject([{ code: 'file-removed', place: { file: 'projects/plain.md' } }])
    expect(lost(changes)[0]?.reason).toContain('it now leads to `redis`, which was there before')
    expect(codes(changes, ['projects/plain.md'])).toEqual([])
  })

  test('of a project is a rename back where the other one was its old name', () => {
    const back = {
      'projects/former.md': redis(),
      'projects/redis.md': '---\nmovedTo: former\n---\n',
      'sources/redis-ci.yml': contentFiles['sources/redis-ci.yml']?.replace('project: redis', 'project: former'),
    }
    expect(codes(back)).toEqual([])
  })

  test.each(['/', '/matrix/', '/projects/redis/', '/issues/0001/', '/notes/nothing/', '/notes/'])(
    'of a note is told where its address leads to %s, which is no note',
    (to) => {
      const site = contentFiles['site.yml']?.replace('{/start/', `{/notes/page-size/: ${to}, /start/`)
      expect(codes({ 'notes/page-size.md': undefined, 'site.yml': site })).toEqual(['file-removed'])
    },
  )

  test('goes by its name: nobody sees what a whole folder held', () => {
    expect(codes({ 'projects/plain.md': undefined }, ['projects/'])).toEqual(['file-removed'])
    expect(lost({ 'projects/plain.md': undefined })[0]?.fix).toContain('every file by its name, no folder')
  })
})

describe('a removed claim', () => {
  test.each(claims)('is told, and may go by its link: $link $scope', (claim) => {
    const rest = without(claims, claim)
    expect(codes(withClaims(rest))).toEqual(['claim-removed'])
    expect(codes(withClaims(rest, [claim.link]))).toEqual([])
    expect(codes(withClaims(rest, [claim.date]))).toEqual([])
    expect(codes(withClaims(rest, ['https://example.org/other']))).toEqual(['claim-removed'])
    expect(codes(withClaims(rest), ['projects/redis.md'])).toEqual([])
  })

  test('may go for one of its architectures, also under another word for it', () => {
    const less = [{ ...arm64, architectures: ['amd64'] }, armv7, scoped]
    expect(lost(withClaims(less))).toMatchObject([{ actual: 'arm64 works 2026-05-12 https://example.org/claim' }])
    expect(codes(withClaims(less, ['arm64']))).toEqual([])
    expect(codes(withClaims(less, ['aarch64']))).toEqual([])
    expect(codes(withClaims(less, ['amd64']))).toEqual(['claim-removed'])
  })

  test('stands where the claims are, and offers words that can be copied', () => {
    const [problem] = lost(withClaims(without(claims, armv7)))
    expect(problem?.place).toEqual({ file: 'projects/redis.md', line: 6, column: 9 })
    expect(problem?.fix).toContain('add `removes: [https://example.org/broken]`')
    expect(problem?.fix).toContain('`removes: projects/redis.md` to the message of the commit')
  })

  test('that is a negative stays for the next reader', () => {
    expect(lost(withClaims(without(claims, armv7)))[0]?.expected).toContain('negative')
    expect(lost(withClaims(without(claims, scoped)))[0]?.expected).not.toContain('negative')
  })

  test.each([{ support: 'partial', note: 'A limit.' }, { date: '2026-05-13' }, { link: 'https://example.org/2' }])(
    'is one whose statement was edited: %j',
    (change) => {
      const edited = [{ ...arm64, ...change }, armv7, scoped]
      expect(lost(withClaims(edited))).toMatchObject([
        {
          code: 'claim-removed',
          fix: expect.stringContaining('write the old claim again and add the new one') as string,
        },
      ])
      expect(codes(withClaims(edited, [arm64.link]))).toEqual([])
    },
  )

  test('is told where the project moved without it', () => {
    const moved = {
      'projects/redis.md': '---\nmovedTo: plain\n---\n',
      'projects/former.md': '---\nmovedTo: plain\n---\n',
      'projects/plain.md': projectFile({ name: 'Plain', redirectsFrom: '[/old-redis/]' }),
      'sources/redis-ci.yml': contentFiles['sources/redis-ci.yml']?.replace('project: redis', 'project: plain'),
    }
    expect(new Set(lost(moved).map(({ place }) => place.file))).toEqual(new Set(['projects/plain.md']))
    expect(codes(moved)).toEqual(['claim-removed', 'claim-removed', 'claim-removed'])
  })

  test('is told where the project has another name by an old address of the site alone', () => {
    const site = contentFiles['site.yml']?.replace('{/start/', '{/projects/redis/: /projects/valkey/, /start/')
    const moved = {
      'projects/redis.md': undefined,
      'projects/former.md': '---\nmovedTo: valkey\n---\n',
      'projects/valkey.md': redis({ claims: [arm64, scoped] }),
      'site.yml': site,
    }
    expect(codes(moved)).toEqual(['claim-removed'])
  })

  test('of a project that leads to another one, which was there, is told with it', () => {
    const moved = { 'projects/redis.md': '---\nmovedTo: plain\n---\n' }
    const [problem] = lost(moved).filter(({ code }) => code === 'claim-removed')
    expect(problem?.reason).toContain('`redis` now leads to `plain`, which was there before')
    expect(problem?.fix).toContain('`removes: projects/redis.md`')
    expect(codes(moved, ['projects/plain.md'])).toContain('claim-removed')
    expect(codes(moved, ['projects/redis.md'])).not.toContain('claim-removed')
  })

  const told = {
    ...armv7,
    support: 'unsupported',
    note: 'It stops in its first loop, since it reads words that are not aligned.',
  }
  const ofNegative = (changes: Partial<ClaimWords & { until: string; since: string }>) => {
    const before = stateOf(withClaims([arm64, told, scoped]))
    expect(placesOf(before.problems)).toEqual([])
    const { note, ...rest } = { ...told, ...changes }
    const after = stateOf(withClaims([arm64, { ...rest, ...(note && { note }) }, scoped]))
    expect(placesOf(after.problems)).toEqual([])
    return unsaidBetween(before, after)
  }

  test.each([
    { until: '1.0' },
    { since: '99.0' },
    { scope: { libc: 'musl' } },
    { note: '' },
    { note: 'It stops in its first.' },
  ])('is a negative that says less than it did: %j', (changes) => {
    const [problem, ...more] = ofNegative(changes)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ code: 'claim-removed', place: { file: 'projects/redis.md' } })
    expect(problem?.reason).toContain('what a negative says stays')
    expect(problem?.fix).toContain('add a newer claim beside it')
  })

  test.each([{ note: 'It stops in its first loop: it reads words that are not aligned (SIGBUS).' }, {}])(
    'is no negative that is told better: %j',
    (changes) => {
      expect(ofNegative(changes)).toEqual([])
    },
  )

  test('is no other word whose note, versions or scope were edited', () => {
    const before = stateOf(withClaims([{ ...arm64, note: 'With a flag.' }, armv7, scoped]))
    const after = stateOf(withClaims([{ ...arm64, scope: { libc: 'glibc' } }, armv7, scoped]))
    expect(unsaidBetween(before, after)).toEqual([])
  })

  test('is not what a word of another time meant', () => {
    const before = stateOf(withClaims(claims, [arm64.link]))
    const after = stateOf(withClaims(without(claims, arm64), [arm64.link]))
    expect(unsaidBetween(before, after).map(({ code }) => code)).toEqual(['claim-removed'])
    const again = stateOf(withClaims(without(claims, arm64), [arm64.link, arm64.link]))
    expect(unsaidBetween(before, again)).toEqual([])
  })
})

describe('a removed record', () => {
  test.each(lines.map((line, index) => [index, line] as const))('is told: number %i', (_, line) => {
    const changes = evidence(without(lines, line))
    expect(lost(changes).filter(({ code }) => code === 'evidence-removed')).toMatchObject([
      { place: { file: 'evidence/redis.jsonl', line: 1, column: 1 } },
    ])
    expect(codes(changes, ['evidence/redis.jsonl'])).toEqual([])
    expect(codes(changes, ['evidence/'])).toEqual([])
  })

  test('of a project whose file is gone too is told by itself', () => {
    expect(codes({ 'projects/redis.md': undefined, 'evidence/redis.jsonl': undefined }, ['projects/redis.md'])).toEqual(
      ['evidence-removed'],
    )
  })

  test('is one that says something else under its id', () => {
    const [, second] = runs
    const { id } = second ?? {}
    const forged = observedRun({ run: { id: '2' }, observedAt: '2026-11-03T10:20:30Z', outcome: 'failed' })
    const changed = lines.map((line) => (line.includes(`"id":"${id ?? ''}"`) ? serializeRecord(forged) : line))
    expect(lost(evidence(changed))).toMatchObject([{ code: 'evidence-removed' }])
  })
})

describe('a removed address', () => {
  const edited = (file: string, from: string, to: string) => ({ [file]: contentFiles[file]?.replace(from, to) })
  const cases: [string, Record<string, string | undefined>, string][] = [
    ['/start/', edited('site.yml', '{/start/: /matrix/}', '{}'), 'site.yml'],
    ['/topics/extra/', edited('site.yml', ', extra: {name: Extra}', ''), 'site.yml'],
    ['/categories/unused/', edited('categories.yml', 'unused: {name: Unused}\n', ''), 'categories.yml'],
    [
      '/architectures/armv6/',
      edited('architectures.yml', /armv6:[\s\S]*/.exec(contentFiles['architectures.yml'] ?? '')?.[0] ?? '-', ''),
      'architectures.yml',
    ],
    ['/old-redis/', edited('projects/redis.md', 'redirectsFrom: [/old-redis/]\n', ''), 'projects/redis.md'],
    ['/2026/first/', edited('issues/0001.md', 'aliases: [/2026/first/]\n', ''), 'issues/0001.md'],
  ]

  test.each(cases)('is told: %s', (address, changes, file) => {
    expect(lost(changes)).toMatchObject([{ code: 'address-removed', actual: address, place: { file } }])
    expect(codes(changes, [file])).toEqual([])
  })

  test.each(['/', '/projects/redis/', '/categories/nothing/'])('of a category is told where it leads to %s', (to) => {
    const gone = edited('categories.yml', 'unused: {name: Unused}\n', '')
    const lead = (to: string) => edited('site.yml', '{/start/', `{/categories/unused/: ${to}, /start/`)
    expect(codes({ ...gone, ...lead(to) })).toEqual(['address-removed'])
    expect(codes({ ...gone, ...lead('/categories/databases/') })).toEqual([])
  })

  test('is none that leads elsewhere', () => {
    const { 'projects/redis.md': project } = edited('projects/redis.md', 'redirectsFrom: [/old-redis/]\n', '')
    const { 'site.yml': site } = edited('site.yml', '{/start/', '{/old-redis/: /matrix/, /start/')
    expect(codes({ 'projects/redis.md': project, 'site.yml': site })).toEqual([])
  })
})

describe('a removed line of ids.lock', () => {
  test.each(lockLines)('is told: %s', (line) => {
    const changes = { 'ids.lock': `${without(lockLines, line).join('\n')}\n` }
    expect(lost(changes)).toMatchObject([{ code: 'lock-line-removed', place: { file: 'ids.lock' } }])
    expect(codes(changes, ['ids.lock'])).toEqual([])
  })

  test('is told where the whole file is gone', () => {
    expect(lost({ 'ids.lock': undefined })[0]?.actual).toBe('authority example.org,2026 and 2 more')
  })
})
