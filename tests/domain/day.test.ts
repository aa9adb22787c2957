import { describe, expect, test } from 'vitest'
import { addMonths, Day, DayOrInstant, firstDayOf, isRealDay, lastDayOf, PartialDay } from '#domain/day.ts'

describe('a partial day', () => {
  test.each(['2017', '2017-05', '2017-05-12', '2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])(
    '%s exists',
    (text) => {
      expect(isRealDay(text)).toBe(true)
      expect(PartialDay.parse(text)).toBe(text)
    },
  )

  test.each([
    ...['', ' ', '17', '201', '20170512', '2017-5', '2017-05-1', '2017-00', '2017-13', '2017-05-00', '2017-05-32'],
    ...['2017-04-31', '2023-02-29', '1900-02-29', '2017-05-12T10:00:00Z', '12.05.2017', 'May 2017', ' 2017', '2017\n'],
    ...['-2017', '+002017-05-12', '２０１７'],
  ])('%j does not exist', (text) => {
    expect(isRealDay(text)).toBe(false)
    expect(PartialDay.safeParse(text).success).toBe(false)
  })

  test('counts from its first day, and ends with its last', () => {
    expect(firstDayOf('2017')).toBe('2017-01-01')
    expect(firstDayOf('2017-05')).toBe('2017-05-01')
    expect(firstDayOf('2017-05-12')).toBe('2017-05-12')
    expect(lastDayOf('2017')).toBe('2017-12-31')
    expect(lastDayOf('2017-02')).toBe('2017-02-28')
    expect(lastDayOf('2024-02')).toBe('2024-02-29')
    expect(lastDayOf('2017-05-12')).toBe('2017-05-12')
  })
})

describe('a whole day', () => {
  test('has a year, a month and a day', () => {
    expect(Day.safeParse('2017-05-12').success).toBe(true)
    expect(Day.safeParse('2017-05').success).toBe(false)
    expect(Day.safeParse('2017-02-30').success).toBe(false)
  })
})

describe('a day or an instant', () => {
  test.each(['2017-04-28', '2017-04-28T12:00Z', '2017-04-28T12:00:00-04:00', '2017-04-28T23:59:59+23:59'])(
    'may be %s',
    (text) => {
      expect(DayOrInstant.parse(text)).toBe(text)
      expect(Date.parse(text)).not.toBeNaN()
    },
  )

  test.each([
    ...['2017-04', '2017-04-28T12:00:00', '2017-04-28 12:00:00Z', '2017-02-30T12:00:00Z', '2017-04-28T24:00:00Z'],
    ...['2017-04-28T12:60:00Z', '2017-04-28T12:00:00+99:00', '2017-04-28T12:00:00+04:60', 'tomorrow'],
  ])('is not %s', (text) => {
    expect(DayOrInstant.safeParse(text).success).toBe(false)
  })
})

describe('months later', () => {
  test.each([
    ['2017-05-12', 12, '2018-05-12'],
    ['2017-05-12', 18, '2018-11-12'],
    ['2017-08-31', 18, '2019-02-28'],
    ['2022-08-31', 18, '2024-02-29'],
    ['2016-02-29', 12, '2017-02-28'],
    ['2017-12-01', 1, '2018-01-01'],
    ['2017-01-31', 0, '2017-01-31'],
  ])('%s and %i months are %s', (day, months, later) => {
    expect(addMonths(day, months)).toBe(later)
  })
})
