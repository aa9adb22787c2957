import { expect, test } from 'vitest'
import { problemsBetween } from '#catalog/state-problems.ts'
import { projectFile } from '#tests/builders.ts'
import { stateOf } from './content-states.ts'

const pair = (homepage: string) => ({ homepage, name: 'Other' })
const base = {
  'projects/plain.md': projectFile({
    name: 'Plain',
    homepage: 'https://plain.example/start',
    aliases: '[Plane, Level]',
    identifiers: '["pkg:npm/plain"]',
  }),
}
const before = stateOf(base)
const twice = (changes: Record<string, string | undefined>) =>
  problemsBetween(before, stateOf({ ...base, ...changes }), []).added.filter(({ code }) => code === 'project-twice')

test.each([
  ['name', { name: 'pLAIN', homepage: 'https://other.example/' }, 'name `pLAIN`'],
  ['name', { name: 'LEVEL', homepage: 'https://other.example/' }, 'name `LEVEL`'],
  ['aliases', { ...pair('https://other.example/'), aliases: '[Something, plane]' }, 'other name `plane`'],
  ['homepage', pair('http://www.Plain.example/start/'), 'homepage `http://www.Plain.example/start/`'],
  [
    'identifiers',
    { ...pair('https://other.example/'), identifiers: '["pkg:npm/plain"]' },
    'identifier `pkg:npm/plain`',
  ],
])('a new project with the %s of another one is told: %j', (key, keys, words) => {
  const file = projectFile(keys)
  const [problem, ...more] = twice({ 'projects/other.md': file })
  expect(more).toEqual([])
  expect(problem).toMatchObject({ severity: 'warning', place: { file: 'projects/other.md' } })
  expect(problem?.place.line).toBe(file.split('\n').findIndex((line) => line.startsWith(`${key}:`)) + 1)
  expect(problem?.reason).toContain(words)
  expect(problem?.reason).toContain('`projects/plain.md`')
})

test('a project that is edited so that it is another one is told', () => {
  expect(twice({ 'projects/plain.md': projectFile({ name: 'Plain', aliases: '[REDIS]' }) })).toMatchObject([
    { place: { file: 'projects/plain.md' }, actual: 'REDIS' },
  ])
})

test('two that are added are told once', () => {
  const of = (name: string) => projectFile({ name, homepage: 'https://both.example/' })
  expect(twice({ 'projects/one.md': of('One'), 'projects/two.md': of('Two') })).toMatchObject([
    { place: { file: 'projects/two.md' } },
  ])
})

test('nothing is told of other projects, of a renamed one, and of what was shared before', () => {
  expect(twice({ 'projects/other.md': projectFile(pair('https://plain.example/')) })).toEqual([])
  expect(
    twice({ 'projects/plain.md': '---\nmovedTo: new\n---\n', 'projects/new.md': base['projects/plain.md'] }),
  ).toEqual([])
  const shared = { ...base, 'projects/other.md': projectFile(pair('https://plain.example/start')) }
  const edited = {
    ...shared,
    'projects/other.md': projectFile({ ...pair('https://plain.example/start'), summary: 'Else' }),
  }
  expect(problemsBetween(stateOf(shared), stateOf(edited), []).added).toEqual([])
})
