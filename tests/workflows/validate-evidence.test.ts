import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { identified, type Evidence } from '#domain/evidence.ts'
import { projectFile } from '#tests/builders.ts'
import { writeFileSync } from 'node:fs'
import { collectedFolder, fileOf, newRun, pulledRun, recorded } from './evidence-folders.ts'

const script = fileURLToPath(new URL('../../scripts/validate-evidence.ts', import.meta.url))

/** Runs the script as the workflow does, with files to write outputs into. */
function validate(
  files: Record<string, string>,
  { args = [], more = {} }: { args?: string[]; more?: Record<string, string> } = {},
) {
  const { folder, collected, content } = collectedFolder(files)
  for (const [path, text] of Object.entries(more)) writeFileSync(join(folder, path), text)
  const [outputs, summary] = [join(folder, 'outputs'), join(folder, 'summary')]
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', script, collected, '--content', content, ...args],
    { encoding: 'utf8', cwd: folder, env: { ...process.env, GITHUB_OUTPUT: outputs, GITHUB_STEP_SUMMARY: summary } },
  )
  const read = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '')
  return {
    status,
    stdout,
    stderr,
    outputs: read(outputs),
    summary: read(summary),
    evidence: read(join(content, 'evidence/redis.jsonl')),
  }
}

const all = fileOf([...recorded, newRun])

test('what is new is put into the content, with its digest and the cells that change', () => {
  const validated = validate({ 'redis.jsonl': all })
  expect(validated).toMatchObject({ status: 0, stderr: '', evidence: all })
  expect(validated.outputs).toMatch(/^digest=[0-9a-f]{64}\nrecords=1\n$/)
  expect(validated.summary).toContain('1 new records in 1 files; ')
})

test('a cell that becomes another one stands in the summary', () => {
  const run = pulledRun({
    project: 'sqlite',
    provenance: { how: 'probed' },
    observedAt: new Date(Date.now() - 3_600_000).toISOString().replace(/\.\d+Z/, 'Z'),
  })
  expect(validate({ 'sqlite.jsonl': fileOf([run]) }).summary).toContain(
    '- sqlite on arm64: unknown, none → works, verified\n',
  )
})

describe('refused, with nothing written, is', () => {
  const with1 = (run: Evidence) => ({ 'redis.jsonl': fileOf([...recorded, run]) })
  const cases: [string, Record<string, string>, string][] = [
    ['what the folder itself cannot show', { 'redis.jsonl': fileOf(recorded.slice(1)) }, 'gone or changed'],
    [
      'a record of an imported result',
      with1(pulledRun({ run: { id: '3' }, provenance: { how: 'imported' } })),
      'a person’s word',
    ],
    [
      'a record of a run of our own',
      with1(pulledRun({ run: { id: '3' }, provenance: { how: 'ran' } })),
      'a person’s word',
    ],
    [
      'a pull without a registration',
      with1(pulledRun({ run: { id: '3' }, provenance: { how: 'pulled' } })),
      'a registration',
    ],
    [
      'a pull by a registration that is not there',
      with1(pulledRun({ run: { id: '3' }, provenance: { how: 'pulled', by: 'constructor' } })),
      'a registration',
    ],
    [
      'a run from the future',
      with1(pulledRun({ run: { id: '3' }, observedAt: '2126-01-01T00:00:00Z' })),
      'a run that has ended',
    ],
    [
      'a column that is not there',
      with1(pulledRun({ run: { id: '3' }, architecture: 'vax' })),
      'a column of the matrix',
    ],
    ['a forged id', { 'redis.jsonl': all.replace(newRun.id, '0'.repeat(64)) }, 'at `id`'],
    [
      'a key that no record has',
      { 'redis.jsonl': all.replace(`"id":"${newRun.id}"`, `"id":"${newRun.id}","admin":true`) },
      'only the keys of a record',
    ],
  ]

  test.each(cases)('%s', (_, files, expected) => {
    const validated = validate(files)
    expect(validated.stdout).toContain(expected)
    expect(validated).toMatchObject({ status: 1, outputs: '', evidence: fileOf(recorded) })
  })

  test('a record of a renamed project', () => {
    const more = { 'content/projects/sqlite.md': '---\nmovedTo: redis\n---\n' }
    const validated = validate({ 'sqlite.jsonl': fileOf([pulledRun({ project: 'sqlite' })]) }, { more })
    expect(validated).toMatchObject({ status: 1, stdout: expect.stringContaining('not renamed') as string })
  })

  test('a change of many cells at once, unless a person allows it', () => {
    const observedAt = new Date(Date.now() - 3_600_000).toISOString().replace(/\.\d+Z/, 'Z')
    const names = Array.from({ length: 30 }, (_, index) => `project-${index}`)
    const more = Object.fromEntries(names.map((name) => [`content/projects/${name}.md`, projectFile({ name })]))
    const runs = names.map((project) => pulledRun({ project, observedAt, provenance: { how: 'probed' } }))
    const files = Object.fromEntries(runs.map((run) => [`${run.project}.jsonl`, fileOf([identified(run)])]))
    expect(validate(files, { more })).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('change of 30 of') as string,
    })
    expect(validate(files, { more, args: ['--allow-mass-change'] })).toMatchObject({ status: 0 })
  })
})

test('without a folder it says what it expects', () => {
  const { status, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' })
  expect(stderr).toContain('Expected one folder')
  expect(status).toBe(2)
})
