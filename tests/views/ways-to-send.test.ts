import { describe, expect, test } from 'vitest'
import { loadCatalog } from '#catalog/catalog.ts'
import { catalogOf, folderOf, placesOf, projectFile } from '#tests/builders.ts'
import { newFileKinds, viewExampleWords, viewNewFile } from '#views/new-files.ts'
import { viewWaysToSend } from '#views/ways-to-send.ts'
import { pageContextOf } from './page-context.ts'

const siteWith = (...lines: string[]) => ['title: Test', ...lines, ''].join('\n')
const vocabularies = {
  'site.yml': siteWith('sections: {what-changed: {name: What changed}, ports: {name: Ports}}'),
  'categories.yml': 'tools: {name: Tools}\n',
}
const waysWith = (...lines: string[]) => viewWaysToSend(pageContextOf({ 'site.yml': siteWith(...lines) }))

describe('a file to begin with', () => {
  const words = viewExampleWords(pageContextOf(vocabularies))

  test.each(newFileKinds)('of the kind %s is valid as it stands', (kind) => {
    const { folder, name, text } = viewNewFile(kind, words)
    const example = projectFile({ categories: '[tools]' })
    const { problems } = catalogOf({ ...vocabularies, 'projects/example.md': example, [`${folder}/${name}`]: text })
    expect(problems).toEqual([])
  })

  test('is news of a release, in the section for releases where there is one', () => {
    const sectionIn = (sections: string) =>
      viewExampleWords(pageContextOf({ 'site.yml': siteWith(`sections: {${sections}}`) })).section
    expect(sectionIn('ports: {name: Ports}, bug-fix-releases: {name: Releases}')).toBe('bug-fix-releases')
    expect(sectionIn('ports: {name: Ports}, talks: {name: Talks}')).toBe('ports')
  })

  test('has words of this site alone', () => {
    expect(words).toEqual({ architecture: 'amd64', category: 'tools', section: 'ports', today: '2026-11-21' })
    const { problems } = loadCatalog(
      folderOf({
        'site.yml': 'title: Other\n',
        'architectures.yml': 'z80:\n  name: Z80\n  control: true\n6502:\n  name: "6502"\n',
        'projects/example.md': viewNewFile(
          'project',
          viewExampleWords(
            pageContextOf({ 'architectures.yml': 'z80:\n  name: Z80\n  control: true\n6502:\n  name: "6502"\n' }),
          ),
        ).text,
      }),
    )
    expect(placesOf(problems)).toEqual([])
  })
})

test('without a repository there is neither an editor nor a form', () => {
  const { repository, files, tickets } = waysWith()
  expect([repository, tickets]).toEqual([undefined, undefined])
  expect(Object.values(files).map(({ create }) => create)).toEqual(newFileKinds.map(() => undefined))
})

describe('at GitHub', () => {
  test('an editor opens with the name and the text of the file', () => {
    const { project } = waysWith('repository: https://github.com/o/r.git').files
    const url = new URL(project.create ?? '')
    expect(`${url.origin}${url.pathname}`).toBe('https://github.com/o/r/new/main/content/projects')
    expect(Object.fromEntries(url.searchParams)).toEqual({ filename: 'example.md', value: project.text })
  })

  test('the branch and the folder are those at which files are edited', () => {
    const { item } = waysWith('editing: https://github.com/o/r/edit/trunk/some/where/').files
    expect(item.create).toMatch(/^https:\/\/github\.com\/o\/r\/new\/trunk\/some\/where\/items\?filename=/)
  })

  test('each kind of ticket has its form', () => {
    expect(waysWith('repository: https://github.com/o/r').tickets).toEqual({
      cell: 'https://github.com/o/r/issues/new?template=correct-a-cell.yml',
      project: 'https://github.com/o/r/issues/new?template=add-a-project.yml',
      item: 'https://github.com/o/r/issues/new?template=newsletter-item.yml',
      bug: 'https://github.com/o/r/issues/new?template=bug.yml',
      areForms: true,
    })
  })
})

test('elsewhere there is one page for every ticket, and no editor is guessed', () => {
  const { files, tickets } = waysWith(
    'repository: https://git.example.org/o/r',
    'editing: https://git.example.org/o/r/edit/main/content/',
    'tickets: https://git.example.org/o/r/issues/new',
  )
  expect(files.project.create).toBeUndefined()
  expect(tickets).toMatchObject({ cell: 'https://git.example.org/o/r/issues/new', areForms: false })
})
