import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderOf } from '#tests/builders.ts'
import { PhaseTimings } from '../../scripts/phase-timings.ts'

test('each phase has its seconds, by the clock and of the processor, and what came before is one too', () => {
  const file = join(folderOf({}), 'phases.json')
  const timings = new PhaseTimings()
  timings.begin('check')
  timings.begin('pages')
  timings.add('pages', 100)
  timings.end(file)
  // Written by the line above.
  const seconds = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>
  expect(Object.keys(seconds)).toEqual(['start', 'start.cpu', 'check', 'check.cpu', 'pages', 'pages.cpu'])
  for (const value of Object.values(seconds)) expect(value).toBeGreaterThanOrEqual(0)
  expect(seconds.start).toBeGreaterThan(0)
  expect(seconds['pages.cpu']).toBeGreaterThanOrEqual(100)
})
