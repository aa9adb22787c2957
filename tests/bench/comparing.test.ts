/** The benchmark compares like with like, in turn, from nothing where it says so; or it stops. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { measureEqualWork, UnequalWork } from '../../scripts/bench/compare.ts'
import { makeFacts } from '../../scripts/bench/facts.ts'
import {
  checkRatios,
  machineOf,
  markdownOf,
  measurementsOf,
  mediansOf,
  ratiosTo,
  textOf,
  type Results,
} from '../../scripts/bench/results.ts'
import {
  changeStyle,
  readPhases,
  scenarioNames,
  startFromNothing,
  type Plan,
  type Scenario,
} from '../../scripts/bench/scenarios.ts'
import type { Side } from '../../scripts/bench/sides.ts'
import { buildCaches, buildCachesOf, deleteFolders } from '../../scripts/build-caches.ts'
import { fakeRun, fakeSide, replaceIn } from './fake-sites.ts'

const root = mkdtempSync(join(tmpdir(), 'works-on-arm-comparing-'))
afterAll(() => {
  rmSync(root, { recursive: true })
})

let made = 0
function planOf(spoil?: (side: Side) => void): { plan: Plan; order: string[]; told: string[] } {
  made += 1
  const sides = [fakeSide('ours', join(root, `${made}-ours`)), fakeSide('hugo', join(root, `${made}-hugo`))]
  const { run, order } = fakeRun(
    sides,
    ({ name }) => ({ wallSeconds: name === 'ours' ? 1 : 4, cpuSeconds: 2, peakMegabytes: 100 }),
    spoil,
  )
  const told: string[] = []
  const tell = (text: string) => void told.push(text)
  return {
    plan: { sides, facts: makeFacts(20, 4, 1), scenarios: scenarioNames, runs: 2, seed: 1, run, tell },
    order,
    told,
  }
}

describe('sites with the same work', () => {
  test('are built in turn, once before anything counts', async () => {
    const { plan, order } = planOf()
    const { samples } = await measureEqualWork(plan)
    expect(samples).toHaveLength(scenarioNames.length * 2 * 2)
    expect(order).toHaveLength(samples.length + 2)
    expect(order.filter((name, index) => name !== ['ours', 'hugo'][index % 2])).toEqual([])
  })

  test('are told with pages, bytes and a digest of the content, of both sides', async () => {
    const { plan, told } = planOf()
    const { works } = await measureEqualWork(plan)
    expect(works.ours?.content.digest).toBe(works.hugo?.content.digest)
    expect(works.hugo).toMatchObject({ built: { same: { projects: 20, issues: 4, architectures: 9, matrix: 1 } } })
    for (const name of ['ours', 'hugo']) {
      expect(told.some((line) => line.startsWith(`${name}: 20 projects, 4 issues`) && /digest \w{64}/.test(line))).toBe(
        true,
      )
      expect(told.some((line) => line.startsWith(`${name}: 20 pages of projects`) && /\d+ bytes/.test(line))).toBe(true)
    }
  })

  test('give ratios to Hugo, pair by pair', async () => {
    const { plan } = planOf()
    const { samples, works } = await measureEqualWork(plan)
    const check = { wallSeconds: 2, cpuSeconds: 2, peakMegabytes: 50 }
    const checks = [
      { kind: 'cold' as const, ...check },
      { kind: 'nothing' as const, ...check, wallSeconds: 0.5 },
      { kind: 'changed' as const, ...check, wallSeconds: 1 },
    ]
    const ratioSpreads = { ...ratiosTo('hugo', samples), ...checkRatios(checks) }
    const results: Results = {
      ...{ projects: 20, runs: 2, seed: 1, sides: works, ratioSpreads },
      machine: machineOf('0.111.3', true),
      measurements: measurementsOf(samples, checks),
      ratios: mediansOf(ratioSpreads),
    }
    expect(results.ratios).toMatchObject({
      ...{ 'full.wall': 0.25, 'full.cpu': 1, 'full.memory': 1, 'change.wall': 0.25, 'nothing.wall': 0.25 },
      ...{ 'check.nothing': 0.25, 'check.changed': 0.5 },
    })
    expect(JSON.parse(JSON.stringify(results))).toEqual(results)
    expect(results.measurements).toContainEqual(
      expect.objectContaining({ scenario: 'full', side: 'hugo', wall: { median: 4, least: 4, most: 4 } }),
    )
    expect(textOf(results)).toContain('full.wall')
  })

  test('tell the time of the pages that both make, where the build tells its phases', () => {
    const cost = { wallSeconds: 4, cpuSeconds: 2, peakMegabytes: 100, scenario: 'full' as const, run: 0 }
    const phases = {
      start: 0.2,
      check: 0.3,
      pages: 0.4,
      outputs: 2,
      move: 0.1,
      'pages.cpu': 1,
      'outputs.cpu': 3,
    }
    const ratios = ratiosTo('hugo', [
      { ...cost, side: 'ours', phases },
      { ...cost, side: 'hugo' },
    ])
    const always = (ratio: number) => ({ median: ratio, least: ratio, most: ratio })
    expect(ratios['full.pages.wall']).toEqual(always(0.25))
    expect(ratios['full.pages.cpu']).toEqual(always(0.5))
    expect(ratios['full.beside.wall']).toEqual(always(2))
    expect(ratios['full.beside.cpu']).toEqual(always(3))
    expect(
      ratiosTo('hugo', [
        { ...cost, side: 'ours' },
        { ...cost, side: 'hugo' },
      ]),
    ).not.toHaveProperty('full.pages.wall')
  })
})

describe('sites with other work are not compared:', () => {
  const page = (side: Side, path: string) => join(side.output, path, 'index.html')
  const project = makeFacts(20, 4, 1).projects.find(({ claims }) => JSON.stringify(claims).includes('works'))
  const id = project?.id ?? ''

  test.each([
    [
      'a page is missing',
      (side: Side) => {
        rmSync(page(side, `projects/${id}`))
      },
    ],
    [
      'an issue is missing',
      (side: Side) => {
        rmSync(page(side, 'issues/0002'))
      },
    ],
    [
      'a status says another word',
      (side: Side) => {
        replaceIn(
          page(side, `projects/${id}`),
          />(works|partial|available|broken|dropped|experimental|unsupported|in-progress)</,
          '>emulated<',
        )
      },
    ],
    [
      'a cell is missing',
      (side: Side) => {
        replaceIn(page(side, `projects/${id}`), /<td.*?<\/td>/, '')
      },
    ],
    [
      'a text is missing',
      (side: Side) => {
        replaceIn(page(side, `projects/${id}`), /<p>.*<\/p>/s, '')
      },
    ],
    [
      'a name is missing',
      (side: Side) => {
        replaceIn(page(side, `projects/${id}`), /<h1>.*<\/h1>/, '')
      },
    ],
    [
      'a row of the matrix is missing',
      (side: Side) => {
        replaceIn(page(side, 'matrix'), /<tr[^>]*>/, '')
      },
    ],
    [
      'an architecture lists fewer projects',
      (side: Side) => {
        replaceIn(page(side, 'architectures/arm64'), /<a .*?<\/a>/, '')
      },
    ],
    [
      'there is a page of no project',
      (side: Side) => {
        mkdirSync(join(side.output, 'projects', 'more'), { recursive: true })
        writeFileSync(page(side, 'projects/more'), '')
      },
    ],
  ])('%s', async (_, spoil) => {
    for (const name of ['ours', 'hugo']) {
      const { plan, order } = planOf((side) => {
        if (side.name === name) spoil(side)
      })
      await expect(measureEqualWork(plan)).rejects.toThrow(UnequalWork)
      await expect(measureEqualWork(plan)).rejects.toThrow(`\n${name}: `)
      expect(order, 'nothing was measured').toHaveLength(4)
    }
  })

  test('an edit is not in what was built after it', async () => {
    let builds = 0
    const { plan } = planOf((side) => {
      builds += 1
      if (builds > 2 && side.name === 'ours') rmSync(join(side.output, 'issues'), { recursive: true })
    })
    await expect(measureEqualWork({ ...plan, scenarios: ['issue'] })).rejects.toThrow('does not show what was edited')
  })

  test('what an edit has left is broken elsewhere', async () => {
    let builds = 0
    const { plan } = planOf((side) => {
      builds += 1
      if (builds > 2) replaceIn(page(side, 'matrix'), /<tr[^>]*>/, '')
    })
    await expect(measureEqualWork({ ...plan, scenarios: ['nothing'] })).rejects.toThrow(UnequalWork)
  })

  test('a side was given other content', async () => {
    const { plan } = planOf()
    const [ours, ...others] = plan.sides
    if (ours === undefined) throw new Error('There are two sides.')
    const forgetful = {
      ...ours,
      format: {
        ...ours.format,
        issueText: () =>
          ours.format.issueText({ id: '0001', title: 'Other', date: '2026-01-01', summary: 'Other.', body: 'Other.' }),
      },
    }
    await expect(measureEqualWork({ ...plan, sides: [forgetful, ...others] })).rejects.toThrow('says something else')
  })
})

describe('caches', () => {
  test('are deleted where a build starts from nothing, with the output', () => {
    const home = join(root, 'repository')
    const output = join(root, 'repository-dist')
    const caches = buildCachesOf(home)
    expect(caches).toHaveLength(buildCaches.length)
    for (const folder of [...caches, output]) {
      mkdirSync(join(folder, 'deep'), { recursive: true })
      writeFileSync(join(folder, 'deep', 'kept'), 'kept')
    }
    mkdirSync(join(home, 'node_modules', 'astro'))
    startFromNothing({ caches, output })
    expect([...caches, output].filter((folder) => existsSync(folder))).toEqual([])
    expect(existsSync(join(home, 'node_modules', 'astro'))).toBe(true)
  })

  test('that are not there are no obstacle', () => {
    expect(() => {
      deleteFolders([join(root, 'nowhere')])
    }).not.toThrow()
  })

  test.each([
    ['full', false, false],
    ['cached', true, false],
    ['carried', true, false],
    ['nothing', true, true],
    ['change', true, true],
  ] as const)(
    'before a build of the scenario %s are there: %s, its output: %s',
    async (scenario, isCached, isBuilt) => {
      const { plan } = planOf()
      const seen: boolean[][] = []
      const run: Plan['run'] = (command) => {
        const side = plan.sides.find(({ name }) => name === command.program)
        seen.push([existsSync(join(side?.caches[0] ?? '', 'kept')), existsSync(side?.output ?? '')])
        return plan.run(command)
      }
      await measureEqualWork({ ...plan, run, scenarios: [scenario], runs: 1 })
      expect(seen.slice(2)).toEqual([
        [isCached, isBuilt],
        [isCached, isBuilt],
      ])
    },
  )
})

test.each<[Scenario[], string[]]>([
  [
    ['full', 'cached', 'carried'],
    ['as ever', 'alone', 'alone', 'alone'],
  ],
  [
    ['cached', 'change'],
    ['alone', 'alone', 'as ever', 'alone', 'alone', 'as ever'],
  ],
  [
    ['full', 'nothing', 'carried'],
    ['as ever', 'as ever', 'alone', 'alone'],
  ],
])('%j follows upon builds that kept for it what they had made', async (scenarios, expected) => {
  const { plan } = planOf()
  const [side] = plan.sides
  if (!side) throw new Error('There is no side.')
  side.buildWithCachesAlone = { ...side.build, environment: { alone: 'true' } }
  const builds: string[] = []
  const run: Plan['run'] = (command) => {
    if (command.program === side.name) builds.push(command.environment.alone ? 'alone' : 'as ever')
    return plan.run(command)
  }
  await measureEqualWork({ ...plan, run, scenarios, runs: scenarios.length === 2 ? 2 : 1 })
  expect(builds.slice(1)).toEqual(expected)
})

test('a style changes in one colour', () => {
  const side = fakeSide('hugo', join(root, 'styled'))
  changeStyle(side, '#123456')
  changeStyle(side, '#123457')
  expect(readFileSync(side.style.file, 'utf8')).toBe(':root { --accent: #123457; }\n')
  writeFileSync(side.style.file, '')
  expect(() => {
    changeStyle(side, '#123456')
  }).toThrow('--accent')
})

test.each([
  ['{"check": 1.5, "pages": 2}', { check: 1.5, pages: 2 }],
  ['{"check": "long"}', undefined],
  ['[]', undefined],
  ['null', undefined],
])('phases %s are read as seconds, or not at all', (text, phases) => {
  writeFileSync(join(root, 'phases.json'), text)
  expect(readPhases(join(root, 'phases.json'))).toEqual(phases)
})

test('a summary shows nothing that means something in Markdown or HTML', () => {
  const hostile = '<img src=x>|`](javascript:alert)\n# Heading @everyone ::error::'
  const spread = { median: 1, least: 1, most: 1 }
  const markdown = markdownOf({
    ...{ projects: 1, runs: 1, seed: 1, sides: {}, ratios: {} },
    machine: { cpu: hostile, cores: 2, memoryGigabytes: 8, isTmpfs: true, node: hostile, hugo: hostile },
    measurements: [{ scenario: hostile, side: 'ours', wall: spread, cpu: spread, memory: spread }],
    ratioSpreads: { [hostile]: spread },
  })
  expect(markdown).not.toMatch(/[<>`[\]@]/)
  expect(markdown).not.toContain('\n# Heading')
  expect(markdown.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(6)
})
