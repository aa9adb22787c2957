import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { architecturesFile, folderOf, projectFile, run } from '#tests/builders.ts'
import { commitAll, git, makeRepository } from '../workflows/git.ts'

const note = (projects: string, body: string) =>
  `---\ntitle: Pages\nsummary: Pages differ\ndate: 2026-05-12\nsymptom: It stops, see [it](/projects/golang/).\ncause: Pages.\nfix: Align.\narchitectures: [arm64]\nprojects: ${projects}\n---\n${body}`

const body = `See [Go golang](/projects/golang/#arm64) and [tools](/projects/golang-tools/), golang and \`/projects/golang/\`.

[go]: /projects/golang/

    /projects/golang/

Again [here][go], [/projects/golang/](/projects/golang/) and <https://arm.example/projects/golang/>.
`
const files: Record<string, string> = {
  'site.yml': 'title: Test\nredirects: {/go/: /projects/golang/}\n',
  'architectures.yml': architecturesFile,
  'projects/golang.md': projectFile({ name: 'Go', aliases: '[golang]' }, 'Itself: [Go](/projects/golang/).\n'),
  'projects/golang-tools.md': projectFile({
    name: 'Tools',
    blockedBy: '[ "golang" ] # golang, what else\nhomepage: https://golang.org/',
  }).replace('homepage: https://redis.io/\n', ''),
  'projects/oldest.md': '---\nmovedTo: golang\n---\n',
  'notes/pages.md': note("['golang', golang-tools]", body),
  'notes/windows.md': note('\r\n  - golang', 'Text.\n').replace(/\r?\n/g, '\r\n'),
  'sources/go.yml':
    'provider: github-actions\nrepository: golang/go\njob: golang\nproject: golang\narchitecture: arm64\nlevel: tested\n',
}

function contentOf(more: Record<string, string> = {}): string {
  return folderOf({ ...files, ...more })
}

function textsOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name)
        return [path.slice(folder.length + 1), readFileSync(path, 'utf8')]
      }),
  )
}

const rename = (folder: string, ...args: string[]) => run(['rename', 'project', ...args, '--content', folder])

describe('rename project', () => {
  test('moves the file, leaves a redirect, and shortens what led to it', async () => {
    const folder = contentOf()
    const { code, told } = await rename(folder, 'golang', 'go')
    expect({ code, told }).toEqual({ code: 0, told: '8 files are written: `golang` is `go`.\n' })
    const texts = textsOf(folder)
    expect(texts['projects/golang.md']).toBe('---\nmovedTo: go\n---\n')
    expect(texts['projects/oldest.md']).toBe('---\nmovedTo: go\n---\n')
    expect(texts['projects/go.md']).toBe(files['projects/golang.md']?.replace('/projects/golang/', '/projects/go/'))
    expect(texts['sources/go.yml']).toBe(files['sources/go.yml']?.replace('project: golang', 'project: go'))
    expect(texts['site.yml']).toBe('title: Test\nredirects: {/go/: /projects/go/}\n')
    expect(texts['projects/golang-tools.md']).toContain(
      'blockedBy: [ "go" ] # golang, what else\nhomepage: https://golang.org/',
    )
  })

  test('writes the new id where the project is meant, and nowhere else', async () => {
    const folder = contentOf()
    await rename(folder, 'golang', 'go')
    const texts = textsOf(folder)
    expect(texts['notes/pages.md']).toBe(
      note(
        "['go', golang-tools]",
        `See [Go golang](/projects/go/#arm64) and [tools](/projects/golang-tools/), golang and \`/projects/golang/\`.

[go]: /projects/go/

    /projects/golang/

Again [here][go], [/projects/golang/](/projects/go/) and <https://arm.example/projects/golang/>.
`,
      ).replace('[it](/projects/golang/)', '[it](/projects/go/)'),
    )
    expect(texts['notes/windows.md']).toBe(
      note('\r\n  - go', 'Text.\n').replace('/projects/golang/', '/projects/go/').replace(/\r?\n/g, '\r\n'),
    )
  })

  test('loses nothing, and adds no problem', async () => {
    const folder = folderOf(Object.fromEntries(Object.entries(files).map(([path, text]) => [`content/${path}`, text])))
    makeRepository(folder)
    await rename(join(folder, 'content'), 'golang', 'go')
    const check = () => run(['check', '--since', 'HEAD', '--content', 'content'], { directory: folder })
    expect(await check()).toMatchObject({ code: 0, answer: '' })
    commitAll(folder, 'Rename')
    git(folder, 'checkout', '--quiet', '-b', 'back')
    expect((await rename(join(folder, 'content'), 'go', 'golang')).code).toBe(0)
    expect(await check()).toMatchObject({ code: 0, answer: '' })
    expect(readFileSync(join(folder, 'content/projects/oldest.md'), 'utf8')).toBe('---\nmovedTo: golang\n---\n')
  })

  test('writes nothing with --dry-run, and says what it would', async () => {
    const folder = contentOf()
    const { code, answer } = await rename(folder, 'golang', 'go', '--dry-run', '--json')
    expect(code).toBe(0)
    expect((JSON.parse(answer) as { files: string[] }).files.map((path) => path.slice(folder.length + 1))).toEqual([
      'projects/go.md',
      'projects/golang.md',
      'projects/oldest.md',
      'site.yml',
      'projects/golang-tools.md',
      'sources/go.yml',
      'notes/pages.md',
      'notes/windows.md',
    ])
    expect(textsOf(folder)).toEqual(files)
  })

  test('does the rest where it was killed in between', async () => {
    const whole = contentOf()
    const { answer } = await rename(whole, 'golang', 'go', '--json')
    const written = (JSON.parse(answer) as { files: string[] }).files.map((path) => path.slice(whole.length + 1))
    for (let done = 0; done <= written.length; done += 1) {
      const folder = contentOf()
      for (const path of written.slice(0, done)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true })
        cpSync(join(whole, path), join(folder, path))
      }
      expect((await rename(folder, 'golang', 'go')).code, String(done)).toBe(0)
      expect(textsOf(folder)).toEqual(textsOf(whole))
    }
  })

  test('writes nothing where the content would have a new problem', async () => {
    const folder = contentOf({ 'projects/other.md': projectFile({ redirectsFrom: '[/projects/go/]' }) })
    const { code, answer, told } = await rename(folder, 'golang', 'go')
    expect({ code, told }).toMatchObject({ code: 1, told: expect.stringContaining('nothing was written') as string })
    expect(answer).toContain('address-taken')
    expect(textsOf(folder)).toEqual({
      ...files,
      'projects/other.md': projectFile({ redirectsFrom: '[/projects/go/]' }),
    })
  })

  test('minds no problem that was there', async () => {
    const folder = contentOf()
    writeFileSync(join(folder, 'projects/bad.md'), projectFile({ homepage: 'nowhere', blockedBy: '[golang]' }))
    expect((await rename(folder, 'golang', 'go')).code).toBe(0)
    expect(readFileSync(join(folder, 'projects/bad.md'), 'utf8')).toContain('blockedBy: [go]')
  })

  test.each([
    [['golang'], 'Expected a project and its new id'],
    [['golang', 'Go'], 'Unexpected id `Go`'],
    [['golang', '../go'], 'Unexpected id'],
    [['golang', 'golang'], 'Unexpected id'],
    [['golang', 'golang-tools'], 'There is a project `golang-tools` already'],
    [['goland', 'go'], 'did you mean `golang`?'],
    [['Tools', 'go'], 'did you mean `golang-tools`?'],
  ])('cannot run with %j', async (words, why) => {
    const { code, told } = await rename(contentOf(), ...words)
    expect({ code, told }).toEqual({ code: 2, told: expect.stringContaining(why) as string })
  })
})
