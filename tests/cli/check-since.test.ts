import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Problem } from '#domain/problem.ts'
import { architecturesFile, folderOf, projectFile, run } from '#tests/builders.ts'
import { commitAll, git, makeRepository } from '../workflows/git.ts'

const claim = '{architectures: [arm64], support: works, date: 2026-05-12, link: https://example.org/claim}'
const start = {
  'README.md': 'A repository\n',
  'content/site.yml': 'title: Test\n',
  'content/architectures.yml': architecturesFile,
  'content/projects/redis.md': projectFile({ claims: `[${claim}]` }),
  'content/projects/old.md': projectFile({ homepage: 'nowhere' }),
}

function write(folder: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

/** A repository whose `main` has a problem of its own, with a branch on it that is checked out. */
function repository(files: Record<string, string> = start): string {
  const folder = folderOf(files)
  makeRepository(folder)
  git(folder, 'checkout', '--quiet', '-b', 'change')
  return folder
}

async function since(folder: string, ...args: string[]) {
  const ran = await run(['check', '--since', 'main', '--format', 'json', '--content', 'content', ...args], {
    directory: folder,
  })
  const problems = ran.answer.startsWith('[') ? (JSON.parse(ran.answer) as Problem[]) : []
  return { code: ran.code, told: ran.told, found: problems.map(({ place, code }) => `${place.file} ${code}`) }
}

const nothing = { code: 0, found: [] }

describe('check --since', () => {
  test('says nothing about problems that were there', async () => {
    const folder = repository()
    expect((await run(['check', '--content', 'content'], { directory: folder })).code).toBe(1)
    expect(await since(folder)).toMatchObject({
      ...nothing,
      told: expect.stringContaining('No new problems') as string,
    })
  })

  test('tells what the change added, committed or not', async () => {
    const folder = repository()
    write(folder, { 'content/projects/redis.md': projectFile({ claims: `[${claim}]`, homepage: 'nowhere' }) })
    const added = { code: 1, found: ['content/projects/redis.md bad-link'] }
    expect(await since(folder)).toMatchObject(added)
    commitAll(folder, 'Change')
    expect(await since(folder)).toMatchObject(added)
    expect(await since(folder, 'content/projects/redis.md')).toMatchObject(added)
    expect(await since(folder, 'content/projects/old.md')).toMatchObject(nothing)
  })

  test('has an exit code of its own for warnings alone', async () => {
    const folder = repository()
    write(folder, { 'content/nobody.txt': 'Text.\n' })
    expect(await since(folder)).toMatchObject({ code: 0, found: ['content/nobody.txt unknown-file'] })
  })

  test('does not count lines that moved, nor a file that was renamed', async () => {
    const folder = repository()
    write(folder, {
      'content/projects/old.md': projectFile({ homepage: 'nowhere' }).replace('---\n', '---\n# A comment.\n'),
    })
    expect(await since(folder)).toMatchObject(nothing)
    write(folder, {
      'content/projects/old.md': '---\nmovedTo: new\n---\n',
      'content/projects/new.md': projectFile({ homepage: 'nowhere' }),
    })
    expect(await since(folder)).toMatchObject(nothing)
    write(folder, { 'content/projects/other.md': projectFile({ homepage: 'nowhere' }) })
    expect((await since(folder)).found).toHaveLength(1)
  })

  test('tells an added problem where another one of the same kind was mended', async () => {
    const folder = repository()
    write(folder, { 'content/projects/old.md': projectFile({ homepage: 'elsewhere' }) })
    expect(await since(folder)).toMatchObject({ code: 1, found: ['content/projects/old.md bad-link'] })
  })

  test('does not take for removed what others added to main meanwhile', async () => {
    const folder = repository()
    git(folder, 'checkout', '--quiet', 'main')
    write(folder, { 'content/projects/later.md': projectFile() })
    commitAll(folder, 'Add another project')
    git(folder, 'checkout', '--quiet', 'change')
    expect(await since(folder)).toMatchObject(nothing)
  })

  test('knows a content folder that was not there, and one that is the repository', async () => {
    const folder = repository({ 'README.md': 'A repository\n' })
    write(folder, { 'content/site.yml': 'title: Test\n', 'content/projects/redis.md': projectFile() })
    expect(await since(folder)).toMatchObject(nothing)
    const whole = folderOf({ 'site.yml': 'title: Test\n', 'projects/redis.md': projectFile() })
    makeRepository(whole)
    rmSync(join(whole, 'projects/redis.md'))
    const { answer } = await run(['check', '--since', 'main', '--content', '.'], { directory: whole })
    expect(answer).toContain('projects/redis.md:1:1  error  file-removed')
  })
})

describe('a removal', () => {
  const removed = ['content/projects/redis.md claim-removed']
  const gone = { 'content/projects/redis.md': projectFile() }

  test('is an error', async () => {
    const folder = repository()
    write(folder, gone)
    expect(await since(folder)).toMatchObject({ code: 1, found: removed })
  })

  test('may be said in the file, as the fix has it', async () => {
    const folder = repository()
    write(folder, gone)
    const { answer } = await run(['check', '--since', 'main', '--content', 'content'], { directory: folder })
    const [, line = ''] = /add `(removes: \[.*?\])`/.exec(answer) ?? []
    expect(line).toBe('removes: [https://example.org/claim]')
    write(folder, { 'content/projects/redis.md': projectFile().replace('---\nProse', `${line}\n---\nProse`) })
    expect(await since(folder)).toMatchObject(nothing)
    commitAll(folder, 'Remove a claim')
    git(folder, 'checkout', '--quiet', '-b', 'next')
    expect((await run(['check', '--since', 'change', '--content', 'content'], { directory: folder })).answer).toBe('')
  })

  test.each([
    'removes: projects/redis.md',
    'Removes: projects/redis.md, which was a mistake',
    'removes: `content/projects/redis.md`',
    'REMOVES:  projects/redis.md',
  ])('may be said in the message of a commit: %s', async (line) => {
    const folder = repository()
    write(folder, gone)
    commitAll(folder, `Remove a claim\n\n${line}\n`)
    write(folder, { 'README.md': 'Something else\n' })
    commitAll(folder, 'Change something else')
    expect(await since(folder)).toMatchObject(nothing)
  })

  test.each([
    'removes: projects/other.md',
    'removes: /',
    'removes: ../',
    'removes: projects',
    'removes: projects/',
    'removes: content/projects/',
    'This removes: projects/redis.md',
  ])('is not said by: %s', async (line) => {
    const folder = repository()
    write(folder, gone)
    commitAll(folder, `Remove a claim\n\n${line}\n`)
    expect(await since(folder)).toMatchObject({ code: 1, found: removed })
  })

  test('may be said on the command line', async () => {
    const folder = repository()
    write(folder, gone)
    expect(await since(folder, '--removes', 'projects/redis.md')).toMatchObject(nothing)
    expect(await since(folder, '--removes', 'x.md', '--removes', 'content/projects/redis.md')).toMatchObject(nothing)
    expect((await since(folder, '--removes', '..')).code).toBe(2)
    expect((await since(folder, '--removes', 'projects/')).code).toBe(2)
    expect((await run(['check', '--removes', 'projects/redis.md'])).code).toBe(2)
  })
})

describe('cannot run, and says what to do', () => {
  const told = async (folder: string, ...args: string[]) => {
    const { code, told } = await run(['check', '--content', 'content', ...args], { directory: folder })
    expect(code).toBe(2)
    return told
  }

  test.each(['nowhere', '--output=/tmp/works-on-arm-never', '-x', '', 'main\nmain', 'a b', 'HEAD:content'])(
    'with %j for a commit',
    async (reference) => {
      expect(await told(repository(), `--since=${reference}`)).toContain('There is no commit `')
    },
  )

  test('outside of a repository', async () => {
    expect(await told(folderOf(start), '--since', 'main')).toContain('in no git repository')
  })

  test('without git', async () => {
    const folder = repository()
    const { code, told } = await run(['check', '--since', 'main', '--content', 'content'], {
      directory: folder,
      environment: { PATH: '/nonexistent' },
    })
    expect({ code, told }).toEqual({ code: 2, told: expect.stringContaining('no `git`') as string })
  })

  test('in a clone that is too shallow', async () => {
    const folder = repository()
    git(folder, 'commit', '--quiet', '--allow-empty', '--message', 'Again')
    git(folder, 'checkout', '--quiet', 'main')
    git(folder, 'commit', '--quiet', '--allow-empty', '--message', 'Meanwhile')
    const clone = join(folderOf({}), 'clone')
    git(folder, 'clone', '--quiet', '--depth=1', '--no-single-branch', `file://${folder}`, clone)
    expect(await told(clone, '--since', 'origin/change')).toContain('`fetch-depth: 0`')
  })

  test('where the histories have nothing in common', async () => {
    const folder = repository()
    git(folder, 'checkout', '--quiet', '--orphan', 'other')
    commitAll(folder, 'Begin again')
    expect(await told(folder, '--since', 'main')).toContain('no commit in common')
  })
})

test('what a hook left in the environment does not lead to another repository', async () => {
  const folder = repository()
  const other = repository({ 'README.md': 'Another one\n' })
  const { code } = await run(['check', '--since', 'main', '--content', 'content'], {
    directory: folder,
    environment: { GIT_DIR: join(other, '.git'), GIT_INDEX_FILE: join(other, 'index'), GIT_WORK_TREE: other },
  })
  expect(code).toBe(0)
})

describe('a hostile tree', () => {
  /** Commits a tree that no checkout would make. */
  function commitTree(folder: string, entries: string): void {
    const tree = git(folder, 'hash-object', '-t', 'tree', '-w', '--literally', join(folder, entries))
    const commit = git(folder, 'commit-tree', tree, '-p', 'main', '-m', 'Hostile')
    git(folder, 'branch', '--force', 'hostile', commit)
    // Nothing of it is checked out.
    git(folder, 'symbolic-ref', 'HEAD', 'refs/heads/hostile')
  }

  function entry(mode: string, name: string, id: string): Buffer {
    return Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(id, 'hex')])
  }

  test('leads nowhere, by no name and no link', async () => {
    const folder = repository()
    write(folder, { blob: projectFile(), target: '../../../../outside' })
    const blob = git(folder, 'hash-object', '-w', join(folder, 'blob'))
    const link = git(folder, 'hash-object', '-w', join(folder, 'target'))
    const tree = (...entries: Buffer[]) => {
      writeFileSync(join(folder, 'tree'), Buffer.concat(entries))
      return git(folder, 'hash-object', '-t', 'tree', '-w', '--literally', join(folder, 'tree'))
    }
    const marked = tree(entry('100644', 'works-on-arm-escaped', blob))
    const content = tree(
      entry('40000', '..', marked),
      entry('100644', '..\\works-on-arm-escaped', blob),
      entry('40000', '.git', marked),
      entry('120000', 'evidence', link),
      entry('40000', 'evidence', marked),
      entry('160000', 'items', blob),
      entry('100644', 'notes', blob),
      entry('40000', 'notes', marked),
      entry(
        '40000',
        'projects',
        tree(entry('100644', 'a\nb.md', blob), entry('100644', 'redis.md', blob), entry('120000', 'link.md', link)),
      ),
      entry('100644', 'x'.repeat(300), blob),
    )
    writeFileSync(join(folder, 'top'), Buffer.concat([entry('40000', 'content', content)]))
    commitTree(folder, 'top')
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('works-on-arm-at-'))
    const { code, answer, told } = await run(['check', '--since', 'hostile', '--content', 'content', '--json'], {
      directory: folder,
    })
    expect({ code, told }).toMatchObject({
      code: expect.any(Number) as number,
      told: expect.not.stringMatching(/refused|went wrong/) as string,
    })
    expect(answer).not.toContain('works-on-arm-escaped')
    expect(readdirSync(tmpdir())).not.toContain('works-on-arm-escaped')
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('works-on-arm-at-'))).toEqual(before)
  })

  test('with a huge file is not read into memory, and its problem is known', async () => {
    const folder = repository({ ...start, 'content/projects/huge.md': 'x'.repeat(3 * 2 ** 20) })
    expect(await since(folder)).toMatchObject(nothing)
    write(folder, { 'content/projects/huger.md': 'x'.repeat(3 * 2 ** 20) })
    expect((await since(folder)).found).toEqual(['content/projects/huger.md file-too-large'])
  })

  test.each([
    [500, 2, 'more than 200000 files'],
    [10, 10, 'bytes: there is too much'],
  ])('with %i folders in %i levels of folders is refused in words', async (number, levels, words) => {
    const folder = repository()
    let [mode, id] = ['100644', git(folder, 'hash-object', '-w', join(folder, 'README.md'))]
    for (let level = 0; level < levels; level += 1) {
      const names = Array.from({ length: number }, (_, index) => String(index).padStart(3, '0'))
      writeFileSync(join(folder, 'tree'), Buffer.concat(names.map((name) => entry(mode, name, id))))
      ;[mode, id] = ['40000', git(folder, 'hash-object', '-t', 'tree', '-w', join(folder, 'tree'))]
    }
    writeFileSync(join(folder, 'top'), entry('40000', 'content', id))
    commitTree(folder, 'top')
    const { code, told } = await run(['check', '--since', 'hostile', '--content', 'content'], { directory: folder })
    expect({ code, told }).toEqual({ code: 2, told: expect.stringContaining(words) as string })
  })

  test('is read without attributes and filters of its own', async () => {
    const folder = repository({ ...start, '.gitattributes': '*.md filter=evil\n' })
    git(folder, 'config', 'filter.evil.smudge', 'touch works-on-arm-filtered; cat')
    git(folder, 'config', 'filter.evil.clean', 'cat')
    expect(await since(folder)).toMatchObject(nothing)
    expect(readdirSync(folder)).not.toContain('works-on-arm-filtered')
  })
})

test('a content folder that is reached through a link is that of its repository', async () => {
  const folder = repository()
  const elsewhere = folderOf({})
  symlinkSync(join(folder, 'content'), join(elsewhere, 'linked'))
  const { code, told } = await run(['check', '--since', 'main', '--content', 'linked'], { directory: elsewhere })
  expect({ code, told }).toMatchObject({ code: 0 })
})
