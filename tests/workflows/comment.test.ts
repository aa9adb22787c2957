/** The shell of comment.yml, run as it stands there, with a `gh` that answers from files. */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { architecturesFile, folderOf, projectFile, run } from '#tests/builders.ts'
import { commitAll, git, makeRepository } from './git.ts'

const workflow = parse(readFileSync(new URL('../../.github/workflows/comment.yml', import.meta.url), 'utf8')) as {
  jobs: { comment: { steps: { name?: string; run?: string }[] } }
}
const scriptOf = (name: string) => workflow.jobs.comment.steps.find((step) => step.name === name)?.run ?? 'exit 99'

/** Writes down what it was asked, and answers from `answers/<n>`. */
const gh = `#!/bin/bash
printf '%s\\n' "$*" >> "$RUNNER_TEMP/asked"
count=$(wc -l < "$RUNNER_TEMP/asked")
for word in "$@"; do case "$word" in body=@*) cp "\${word#body=@}" "$RUNNER_TEMP/posted";; esac; done
cat "$RUNNER_TEMP/answers/$count" 2>/dev/null || true
`

function runner(files: Record<string, string> = {}) {
  const temp = folderOf({ 'bin/gh': gh, asked: '', ...files })
  chmodSync(join(temp, 'bin/gh'), 0o755)
  const read = (name: string) => (existsSync(join(temp, name)) ? readFileSync(join(temp, name), 'utf8') : '')
  const step = (name: string, environment: Record<string, string>, directory = temp) => {
    const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', scriptOf(name)], {
      cwd: directory,
      encoding: 'utf8',
      env: {
        PATH: `${join(temp, 'bin')}:${process.env.PATH ?? ''}`,
        HOME: '/nonexistent',
        RUNNER_TEMP: temp,
        GITHUB_OUTPUT: join(temp, 'outputs'),
        GITHUB_REPOSITORY: 'example/site',
        ...environment,
      },
    })
    return { status, stdout, stderr, outputs: read('outputs'), asked: read('asked'), posted: read('posted') }
  }
  return { temp, step }
}

const head = 'a'.repeat(40)

describe('the pull request', () => {
  const find = (number: string, answer: string) =>
    runner({ 'pull-request/number': number, 'answers/1': answer }).step('Find the pull request', { HEAD_SHA: head })

  test('is the one whose head GitHub says it is', () => {
    const found = find('12\n', `${head}\n`)
    expect(found).toMatchObject({ status: 0, outputs: 'number=12\n' })
    expect(found.asked).toBe('api repos/example/site/pulls/12 --jq .head.sha\n')
  })

  test('is none where the number is that of another one, or a newer commit is there', () => {
    expect(find('13\n', `${'b'.repeat(40)}\n`)).toMatchObject({ status: 0, outputs: '' })
  })

  test.each(['', '12; id', '../../user', '0', '12\nhead=x', '$(id)', '1'.repeat(30), '--help'])(
    'is none where the artifact holds %j',
    (number) => {
      expect(find(number, `${head}\n`)).toMatchObject({ status: 1, outputs: '', asked: '' })
    },
  )
})

describe('the comment', () => {
  const start = {
    'content/site.yml': 'title: Test\n',
    'content/architectures.yml': architecturesFile,
    'content/projects/redis.md': projectFile(),
  }

  /** A clone of main, with the commit of a pull request as objects. */
  function clone(changes: Record<string, string>) {
    const folder = folderOf(start)
    makeRepository(folder)
    git(folder, 'checkout', '--quiet', '-b', 'theirs')
    for (const [path, text] of Object.entries(changes)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    commitAll(folder, 'Change')
    const sha = git(folder, 'rev-parse', 'HEAD')
    git(folder, 'checkout', '--quiet', 'main')
    return { folder, sha }
  }
  const claims = '[{architectures: [arm64], support: works, date: 2026-05-12, link: https://example.org/claim}]'
  const changed = { 'content/projects/redis.md': projectFile({ claims }) }
  const write = 'Write the comment, or write it anew'
  const post = (changes: Record<string, string>, comments: string) => {
    const { folder, sha } = clone(changes)
    return runner({ 'comment.md': 'The comment.\n', 'answers/1': comments }).step(
      write,
      { HEAD_SHA: sha, NUMBER: '12' },
      folder,
    )
  }

  test('is posted where there is none', () => {
    const { asked, posted, status } = post(changed, '')
    expect(status).toBe(0)
    expect(asked).toContain('--method POST repos/example/site/issues/12/comments -F body=@')
    expect(posted).toBe('The comment.\n')
  })

  test('is written anew where there is one', () => {
    const { asked } = post(changed, '77\n78\n')
    expect(asked).toContain('--method PATCH repos/example/site/issues/comments/77 -F body=@')
    expect(asked).not.toContain('POST')
  })

  test('is none where nothing of the content changes, unless there was one', () => {
    const code = { 'src/code.ts': 'export {}\n' }
    expect(post(code, '')).toMatchObject({ status: 0, posted: '', stdout: 'It changes nothing of the content.\n' })
    expect(post(code, '77\n').asked).toContain('PATCH')
  })

  test('is looked for among those of the workflow alone', () => {
    expect(scriptOf(write)).toContain('.user.login == "github-actions[bot]"')
    const [, marker = ''] = /echo '(<!-- .* -->)'/.exec(scriptOf('Tell what it changes')) ?? []
    expect(marker).not.toBe('')
    expect(scriptOf(write)).toContain(`startswith("${marker}")`)
  })

  test('says what the objects of the commit change; nothing of it is checked out', async () => {
    const { folder, sha } = clone({ ...changed, 'package.json': '{"scripts": {"cli": "touch ran"}}' })
    const { answer, code } = await run(
      ['diff', 'HEAD', '--head', sha, '--format', 'markdown', '--content', 'content'],
      {
        directory: folder,
      },
    )
    expect(code).toBe(0)
    expect(answer).toContain('`arm64`: unknown → **works, claimed**')
    expect(git(folder, 'status', '--porcelain')).toBe('')
  })

  test('holds the difference, also where it adds errors, and the place of the preview', () => {
    const npm = (code: number) =>
      `#!/bin/bash\necho "$@" > "$RUNNER_TEMP/asked"\necho 'The difference.'\nexit ${code}\n`
    const tell = (code: number) => {
      const { temp, step } = runner({ 'bin/npm': npm(code) })
      chmodSync(join(temp, 'bin/npm'), 0o755)
      const told = step('Tell what it changes', { HEAD_SHA: head, RUN_URL: 'https://example.org/runs/1' })
      const file = join(temp, 'comment.md')
      return { ...told, comment: existsSync(file) ? readFileSync(file, 'utf8') : '' }
    }
    expect(tell(1)).toMatchObject({
      status: 0,
      asked: `run --silent cli -- diff HEAD --head ${head} --format markdown\n`,
    })
    expect(tell(1).comment).toMatch(
      /^<!-- .* -->\nThe difference\.\n\nAt a{40}\..*\[this run\]\(https:\/\/example\.org\/runs\/1\)\.\n$/,
    )
    expect(tell(2)).toMatchObject({ status: 2, comment: '' })
  })
})
