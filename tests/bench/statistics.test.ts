/** Several runs as one number. */
import { expect, test } from 'vitest'
import { median, pairRatios, spreadOf } from '../../scripts/bench/statistics.ts'

test('the median is the one in the middle, or half way between two', () => {
  expect(median([3, 1, 20])).toBe(3)
  expect(median([4, 1, 2, 30])).toBe(3)
  expect(median([])).toBeNaN()
})

test('a spread has the least and the most beside it', () => {
  expect(spreadOf([2, 1, 10])).toEqual({ median: 2, least: 1, most: 10 })
  expect(spreadOf([1.23456])).toEqual({ median: 1.235, least: 1.235, most: 1.235 })
})

test('ratios are of pairs: a slow minute of the machine changes none', () => {
  expect(pairRatios([1, 10, 2], [2, 20, 4])).toEqual([0.5, 0.5, 0.5])
  expect(() => pairRatios([1, 2], [1])).toThrow('2 runs have 1 partners')
})
