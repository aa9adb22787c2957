import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { retractionOf } from '#tests/builders.ts'
import { serializeRecord } from '#domain/evidence-text.ts'
import { applyAdditions, limits, readAdditions } from '../../scripts/evidence-additions.ts'
import { collectedFolder, fileOf, newRun, pulledRun, recorded } from './evidence-folders.ts'

const additionsModule = new URL('../../scripts/evidence-additions.ts', import.meta.url).href
const all = fileOf([...recorded, newRun])

test('a new line in the file of a catalogued project is an addition', () => {
  const { collected, content } = collectedFolder({ 'redis.jsonl': all })
  const { additions, problems } = readAdditions(collected, content)
  expect(problems).toEqual([])
  expect(additions.map(({ project, lines }) => ({ project, lines }))).toEqual([
    { project: 'redis', lines: [serializeRecord(newRun)] },
  ])
})

test('the first file of a project is an addition', () => {
  const run = pulledRun({ project: 'sqlite' })
  const { collected, content } = collectedFolder({ 'sqlite.jsonl': fileOf([run]) })
  expect(readAdditions(collected, content)).toMatchObject({ problems: [], additions: [{ project: 'sqlite' }] })
})

test('a file that says nothing new is no addition', () => {
  const { collected, content } = collectedFolder({ 'redis.jsonl': fileOf(recorded) })
  expect(readAdditions(collected, content)).toMatchObject({ problems: [], additions: [] })
})

test('applied additions are the bytes that were collected', () => {
  const { collected, content } = collectedFolder({ 'redis.jsonl': all })
  applyAdditions(readAdditions(collected, content).additions, content)
  expect(readFileSync(join(content, 'evidence/redis.jsonl'), 'utf8')).toBe(all)
})

test('the digest tells one byte from another, and one name from another', () => {
  const digests = [
    { 'redis.jsonl': all },
    { 'redis.jsonl': fileOf(recorded) },
    { 'sqlite.jsonl': fileOf([pulledRun({ project: 'sqlite' })]) },
    {},
  ].map((files) => {
    const { collected, content } = collectedFolder(files)
    return readAdditions(collected, content).digest
  })
  expect(new Set(digests).size).toBe(4)
})

describe('refused is', () => {
  const line = (value: unknown) => `${JSON.stringify(value)}\n`
  const cases: [string, Record<string, string | Uint8Array>, RegExp][] = [
    ['a removed line', { 'redis.jsonl': fileOf(recorded.slice(1)) }, /1 of them are gone or changed/],
    ['an emptied file', { 'redis.jsonl': '' }, /2 of them are gone|cut off/],
    [
      'a changed line',
      { 'redis.jsonl': fileOf(recorded).replace('"outcome":"failed"', '"outcome":"passed"') },
      /1 of them are gone or changed/,
    ],
    ['a record that is there twice', { 'redis.jsonl': all + all.split('\n').slice(-2).join('\n') }, /each record once/],
    [
      'a project that is not catalogued',
      { 'nginx.jsonl': fileOf([pulledRun({ project: 'nginx' })]) },
      /no `projects\/nginx.md`/,
    ],
    [
      'a record of another project',
      { 'redis.jsonl': fileOf([...recorded, pulledRun({ project: 'sqlite' })]) },
      /a record of `redis`/,
    ],
    [
      'a retraction',
      { 'redis.jsonl': `${all}${serializeRecord(retractionOf(newRun))}\n` },
      /a person takes records back/,
    ],
    ['a line that is no record', { 'redis.jsonl': `${all}true\n` }, /one record as JSON/],
    ['a line that is not JSON', { 'redis.jsonl': `${all}{"project":"redis"\n` }, /one record as JSON/],
    ['an empty line', { 'redis.jsonl': `${all}\n` }, /one record as JSON/],
    ['a list', { 'redis.jsonl': `${all}${line([{ project: 'redis' }])}` }, /one record as JSON/],
    [
      'a project from the prototype',
      { 'redis.jsonl': `${all}{"__proto__":{"project":"redis"}}\n` },
      /a record of `redis`/,
    ],
    [
      'a huge line',
      { 'redis.jsonl': `${all}${line({ project: 'redis', link: 'x'.repeat(limits.lineBytes) })}` },
      /at most \d+ bytes/,
    ],
    ['a file without its end', { 'redis.jsonl': all.slice(0, -10) }, /cut off/],
    [
      'a file that is no text',
      { 'redis.jsonl': Buffer.concat([Buffer.from(all), Buffer.from([0xff, 0x0a])]) },
      /UTF-8/,
    ],
    ['another file', { 'redis.jsonl': all, 'README.md': '# Hello\n' }, /names such as `sqlite.jsonl`/],
    ['a workflow', { 'verify.yml': 'on: push\n' }, /names such as/],
    ['a hidden file', { '.redis.jsonl': all }, /names such as/],
    ['a name that leaves the folder', { '..%2fredis.jsonl': all }, /names such as/],
    [
      'a name with a line break',
      { 'redis\n::error::.jsonl': all },
      /"redis\\n::error::\.jsonl", expected names such as/,
    ],
    ['a name in capitals', { 'Redis.jsonl': all }, /names such as/],
  ]

  test.each(cases)('%s', (_, files, expected) => {
    const { collected, content } = collectedFolder(files)
    const { problems } = readAdditions(collected, content)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(expected)
    expect(problems.join('')).not.toContain('\n')
  })

  test('a link to a file, whatever it leads to', () => {
    const { collected, content, folder } = collectedFolder({})
    writeFileSync(join(folder, 'secret'), all)
    symlinkSync(join(folder, 'secret'), join(collected, 'redis.jsonl'))
    expect(readAdditions(collected, content).problems).toEqual([expect.stringMatching(/neither folders nor links/)])
  })

  test('a folder called as a file', () => {
    const { collected, content } = collectedFolder({})
    mkdirSync(join(collected, 'redis.jsonl'))
    expect(readAdditions(collected, content).problems).toEqual([expect.stringMatching(/neither folders nor links/)])
  })

  test('a pipe, without waiting for anybody to write into it', () => {
    const { collected, content } = collectedFolder({})
    execFileSync('mkfifo', [join(collected, 'redis.jsonl')])
    // In a process of its own: who waits for a pipe cannot be told to stop from within.
    const script = `import { readAdditions } from ${JSON.stringify(additionsModule)}
      process.stdout.write(readAdditions(${JSON.stringify(collected)}, ${JSON.stringify(content)}).problems.join())`
    const answer = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      encoding: 'utf8',
      timeout: 30_000,
    })
    expect(answer).toMatch(/expected a file/)
  })

  test('a link in place of the whole folder', () => {
    const { collected, content, folder } = collectedFolder({ 'redis.jsonl': all })
    symlinkSync(collected, join(folder, 'elsewhere'))
    expect(readAdditions(join(folder, 'elsewhere'), content).problems).toEqual([
      expect.stringMatching(/expected a folder/),
    ])
  })

  test('a folder that is not there', () => {
    const { folder, content } = collectedFolder({})
    expect(readAdditions(join(folder, 'nothing'), content).problems).toEqual([
      expect.stringMatching(/expected a folder/),
    ])
  })

  test('a file of more bytes than are read', () => {
    const { collected, content } = collectedFolder({ 'redis.jsonl': Buffer.alloc(limits.fileBytes + 1, '\n') })
    expect(readAdditions(collected, content).problems).toEqual([expect.stringMatching(/expected at most/)])
  })

  test('more new lines than a day can bring', () => {
    const one = serializeRecord(newRun)
    const lines = Array.from({ length: limits.lines + 1 }, (_, index) => `${one.slice(0, -1)},"n":${index}}\n`)
    const { collected, content } = collectedFolder({ 'redis.jsonl': fileOf(recorded) + lines.join('') })
    expect(readAdditions(collected, content).problems).toEqual([expect.stringMatching(/20001 new lines/)])
  })

  test('a recorded file that is a link', () => {
    const { collected, content, folder } = collectedFolder({
      'sqlite.jsonl': fileOf([pulledRun({ project: 'sqlite' })]),
    })
    symlinkSync(join(folder, 'secret'), join(content, 'evidence/sqlite.jsonl'))
    expect(readAdditions(collected, content).problems).toEqual([expect.stringMatching(/links are not followed/)])
  })
})
