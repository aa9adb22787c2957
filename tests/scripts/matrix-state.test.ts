import { expect, test } from 'vitest'
import {
  emptyState,
  committed,
  questionOf,
  readState,
  serializeState,
  type MatrixOffer,
} from '#scripts/matrix-state.ts'
import { serializeCondition } from '#query/query.ts'

const offer: MatrixOffer = {
  vocabulary: {
    architectures: new Map([
      ['arm64', 'arm64'],
      ['aarch64', 'arm64'],
      ['riscv64', 'riscv64'],
    ]),
    ambiguous: new Map(),
    categories: new Set(['databases']),
  },
  columns: ['arm64', 'riscv64'],
  has: (control, word) =>
    word === '' ||
    { arch: ['arm64', 'riscv64'], support: ['works', 'limited'], basis: ['claimed'], category: ['databases'] }[
      control
    ].includes(word),
}

test.each([
  'q=redis',
  'arch=arm64&support=works&basis=claimed&category=databases',
  'q=redis+level>=tested+-is:no&sort=freshness',
  'columns=arm64',
  'compare=redis,valkey',
  'page=3',
  '',
])('the address ?%s says what it was read as', (search) => {
  expect(decodeURIComponent(serializeState(readState(search, offer)))).toBe(search)
})

test('other words for an architecture, in any case, mean its column', () => {
  expect(readState('arch=AArch64&columns=aarch64,+riscv64', offer)).toMatchObject({
    arch: 'arm64',
    columns: ['arm64', 'riscv64'],
  })
})

test('a page, columns and an order that the page does not know are none', () => {
  expect(readState('columns=vax&sort=age&page=-3&compare=,', offer)).toEqual(emptyState)
})

test('a condition of an address that means nothing stays in the field, and is told', () => {
  const state = readState('support=perhaps&basis=x&category=y', offer)
  expect(state).toMatchObject({ support: '', basis: '', category: '', text: 'is:perhaps basis:x category:y' })
  expect(questionOf(state, offer.vocabulary).problems.map(({ token }) => token)).toEqual([
    'is:perhaps',
    'basis:x',
    'category:y',
  ])
})

test('an architecture of an address that means none or several stays in the field, and is told', () => {
  const state = readState('arch=arm&q=redis&support=works', offer)
  expect(state).toMatchObject({ arch: '', text: 'arch:arm redis', support: 'works' })
  expect(questionOf(state, offer.vocabulary).problems).toMatchObject([{ token: 'arch:arm' }])
  expect(readState(serializeState(state), offer)).toEqual(state)
  expect(readState('arch=%22a+b', offer).text).toBe('arch:"a b"')
})

test('what is typed as a condition goes to its control, where it has one', () => {
  const state = committed({ ...emptyState, text: 'arch:aarch64 is:works level>=tested Redis is:limited' }, offer)
  expect(state).toMatchObject({ text: 'Redis', arch: 'arm64', support: 'works' })
  expect(state.conditions.map(serializeCondition)).toEqual(['level>=tested', 'is:limited'])
  expect(committed(state, offer)).toEqual(state)
})

test('what means nothing stays in the field, where the reader can mend it', () => {
  expect(committed({ ...emptyState, text: 'arch:pdp11 "my sql' }, offer)).toMatchObject({ text: 'arch:pdp11 "my sql' })
})

test('controls, typed conditions and words are one question', () => {
  const state = { ...emptyState, text: 'redis level>=starts', arch: 'riscv64', support: 'works' }
  const query = questionOf(state, offer.vocabulary)
  expect(query.words).toEqual(['redis'])
  expect(query.conditions.map(serializeCondition)).toEqual(['arch:riscv64', 'is:works', 'level>=starts'])
})

test('an architecture that is typed is the one that is meant, whatever was chosen', () => {
  const state = { ...emptyState, text: 'arch:aarch64 is:works', arch: 'riscv64' }
  expect(questionOf(state, offer.vocabulary)).toMatchObject({ problems: [], conditions: [{ values: ['arm64'] }, {}] })
  expect(committed(state, offer)).toMatchObject({ arch: 'arm64', text: '' })
})

test('two architectures stay in the field, also when the address is read again', () => {
  const state = readState('q=arch:arm64+arch:riscv64+is:works', offer)
  expect(state).toMatchObject({ text: 'arch:arm64 arch:riscv64', arch: '', support: 'works' })
  expect(questionOf(state, offer.vocabulary).problems).toMatchObject([{ token: 'arch:riscv64' }])
  expect(readState(serializeState(state), offer)).toEqual(state)
})

test('what is to stand side by side is named in lower case, and once', () => {
  expect(readState('compare=jq,JQ,,%3Cb%3E,+Redis', offer).compare).toEqual(['jq', '<b>', 'redis'])
})
