import { describe, expect, test } from 'vitest'
import { layOutChart } from '#views/chart.ts'
import { valueInWords, viewMeasurements } from '#views/measurements.ts'
import { observedRun } from '#tests/builders.ts'
import { contextOf } from './evidence-context.ts'

const measured = (day: string, value: number, changes: Parameters<typeof observedRun>[0] = {}) =>
  observedRun({
    observedAt: `${day}T10:00:00Z`,
    metrics: [{ name: 'build time', value, unit: 's' }],
    ...changes,
    run: { id: day, ...changes.run },
  })

describe('measurements', () => {
  test('are series by metric and architecture, the oldest value first', () => {
    const series = viewMeasurements(
      'redis',
      contextOf([
        measured('2026-03-02', 120),
        measured('2026-03-01', 60),
        measured('2026-03-03', 30, { architecture: 'amd64' }),
      ]),
    )
    expect(series.map(({ architecture, points }) => [architecture, points.map(({ value }) => value)])).toEqual([
      ['amd64', [30]],
      ['arm64', [60, 120]],
    ])
    expect(series[1]?.summary).toBe(
      'Build time on arm64: 2 measurements, from 1 min on 1 March 2026 to 2 min on 2 March 2026.',
    )
    expect(series[0]?.summary).toBe('Build time on amd64: 30 s, measured on 3 March 2026.')
  })

  test('are averaged over five values', () => {
    const values = [10, 20, 30, 40, 50, 60]
    const [series] = viewMeasurements(
      'redis',
      contextOf(values.map((value, index) => measured(`2026-03-0${index + 1}`, value))),
    )
    expect(series?.points.map(({ average }) => average)).toEqual([10, 15, 20, 25, 30, 40])
  })

  test('of failed runs, and of later days, are none', () => {
    expect(viewMeasurements('redis', contextOf([measured('2026-03-01', 1, { outcome: 'failed' })]))).toEqual([])
    expect(viewMeasurements('redis', contextOf([measured('2027-03-01', 1)]))).toEqual([])
  })
})

test.each([
  [0.5, 's', '0.5 s'],
  [59, 's', '59 s'],
  [95, 's', '1 min 35 s'],
  [1200, 's', '20 min'],
  [5880, 's', '1 h 38 min'],
  [7200, 's', '2 h'],
  [1234567, 'ops/s', '1,234,567 ops/s'],
  [12.3456, 'ms', '12.3 ms'],
])('%s %s is said as %s', (value, unit, words) => {
  expect(valueInWords(value, unit)).toBe(words)
})

describe('a chart', () => {
  test('begins at zero, and stays in its box', () => {
    const chart = layOutChart([10, 20, 15], [10, 15, 15], String)
    expect(chart.ticks[0]).toMatchObject({ text: '0', y: chart.bottom })
    for (const { x, y } of chart.dots) {
      expect(x).toBeGreaterThanOrEqual(chart.left)
      expect(x).toBeLessThanOrEqual(chart.right)
      expect(y).toBeGreaterThan(0)
      expect(y).toBeLessThanOrEqual(chart.bottom)
    }
    expect(chart.path).toMatch(/^M/)
  })

  test('of one value, or of zeros, has no broken numbers', () => {
    for (const values of [[5], [0, 0, 0]]) {
      expect(JSON.stringify(layOutChart(values, values, String))).not.toMatch(/NaN|null/)
    }
  })
})
