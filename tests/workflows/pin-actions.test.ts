import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { folderOf } from '#tests/builders.ts'
import { usesOf } from '../../scripts/action-uses.ts'
import { commitAll, git, makeRepository } from './git.ts'

const script = fileURLToPath(new URL('../../scripts/pin-actions.ts', import.meta.url))

/** A server with the action `owner/build`: version 1.0.0 is an annotated tag, 1.1.0 a plain one. */
function server() {
  const folder = folderOf({ 'owner/build/action.yml': 'name: Build\n' })
  const action = join(folder, 'owner/build')
  makeRepository(action)
  const first = git(action, 'rev-parse', 'HEAD')
  git(action, 'tag', '--annotate', '--message', 'One', 'v1.0.0')
  writeFileSync(join(action, 'action.yml'), 'name: Build it\n')
  commitAll(action, 'Build it')
  git(action, 'tag', 'v1.1.0')
  mkdirSync(join(folder, 'workflows'))
  return { folder, action, first, second: git(action, 'rev-parse', 'HEAD') }
}

function pin(folder: string, text: string, args: string[] = []) {
  const file = join(folder, 'workflows/ci.yml')
  writeFileSync(file, text)
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [script, '--from', `file://${folder}`, ...args, file],
    {
      encoding: 'utf8',
      cwd: folder,
    },
  )
  return { status, stdout, stderr, text: readFileSync(file, 'utf8') }
}

function workflow(...uses: string[]): string {
  const steps = uses.map((use) => `      - name: Step\n        uses: ${use}\n        with: { key: value } # kept\n`)
  return `on: push\njobs:\n  test:\n    steps:\n      - uses: ./report\n${steps.join('')}`
}

test('a tag becomes the commit that it means, and stays in a comment', () => {
  const { folder, first, second } = server()
  const pinned = pin(folder, workflow('owner/build@v1.0.0', 'owner/build/folder@v1.1.0'))
  expect(pinned).toMatchObject({ status: 0, stdout: '2 of the actions were pinned anew.\n', stderr: '' })
  expect(pinned.text).toBe(workflow(`owner/build@${first} # v1.0.0`, `owner/build/folder@${second} # v1.1.0`))
})

test('pinning twice changes nothing', () => {
  const { folder } = server()
  const once = pin(folder, workflow('owner/build@v1.0.0')).text
  expect(pin(folder, once)).toMatchObject({ status: 0, text: once, stdout: '0 of the actions were pinned anew.\n' })
})

test('with --check nothing is written, and what is not pinned is exit 1', () => {
  const { folder, first } = server()
  const text = workflow('owner/build@v1.0.0')
  expect(pin(folder, text, ['--check'])).toMatchObject({ status: 1, text })
  expect(pin(folder, workflow(`owner/build@${first} # v1.0.0`), ['--check'])).toMatchObject({ status: 0 })
})

test('a tag that was moved is refused, not followed', () => {
  const { folder, action, first, second } = server()
  git(action, 'tag', '--force', 'v1.0.0', 'v1.1.0^{}')
  const text = workflow(`owner/build@${first} # v1.0.0`)
  const pinned = pin(folder, text)
  expect(pinned).toMatchObject({ status: 1, text })
  expect(pinned.stdout).toContain(
    `workflows/ci.yml:7: Unexpected digest \`${first}\` of owner/build, expected the one of its tag v1.0.0: \`${second}\``,
  )
})

describe('refused, with nothing written, is', () => {
  test.each([
    ['a branch', 'owner/build@main', 'an exact one'],
    ['a tag that is meant to move', 'owner/build@v1', 'an exact one'],
    ['a version that the repository does not have', 'owner/build@v9.9.9', 'a tag of that repository'],
    ['a digest that does not say its version', `owner/build@${'a'.repeat(40)}`, 'an exact one'],
    ['an image without its digest', 'docker://alpine:3.20', 'expected its digest'],
    ['something that is no repository', '../../etc/x@v1.0.0', 'owner/repository'],
  ])('%s', (_, use, expected) => {
    const { folder } = server()
    // One that could be pinned stays as it is too.
    const text = workflow('owner/build@v1.0.0', use)
    const pinned = pin(folder, text)
    expect(pinned).toMatchObject({ status: 1, text })
    expect(pinned.stdout).toContain(expected)
  })
})

test('a repository that does not answer is exit 2, with nothing written', () => {
  const { folder } = server()
  const text = workflow('owner/build@v1.0.0', 'nobody/nothing@v1.0.0')
  const pinned = pin(folder, text)
  expect(pinned).toMatchObject({ status: 2, text })
  expect(pinned.stderr).toContain('nobody/nothing could not be asked')
})

test('an image with its digest and an action of the same repository need no pin', () => {
  const { folder } = server()
  expect(pin(folder, workflow(`docker://alpine@sha256:${'0'.repeat(64)}`))).toMatchObject({ status: 0 })
})

test('quotes and comments are understood', () => {
  expect(
    usesOf(
      `- uses: "owner/build@v1.0.0" # why\n# - uses: owner/other@v1\nuses: 'a/b@${'f'.repeat(40)}' # v2.0.0 newest\n`,
    ),
  ).toEqual([
    { line: 1, kind: 'action', action: 'owner/build', reference: 'v1.0.0', tag: undefined, indent: '- uses: ' },
    { line: 3, kind: 'action', action: 'a/b', reference: 'f'.repeat(40), tag: 'v2.0.0', indent: 'uses: ' },
  ])
})
