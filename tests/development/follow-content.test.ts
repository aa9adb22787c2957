import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import { folderOf } from '#tests/builders.ts'
import { serveContent } from '../../scripts/bench/development-server.ts'

// Nothing here is timed: this is how long a machine with much else to do may take.
const patience = 240_000
vi.setConfig({ testTimeout: patience })

const project = (summary: string) =>
  `---\nname: Jq\nsummary: ${summary}\nhomepage: https://jq.example/\ncategories: [tools]\n---\nA filter.\n`

test('the development server shows the content as it is, after every edit', async () => {
  const content = folderOf({
    'site.yml': 'title: First title\n',
    'categories.yml': 'tools: {name: Tools}\n',
    'projects/jq.md': project('Before the edit'),
  })
  const edit = (path: string, text: string) => {
    writeFileSync(join(content, path), text)
  }
  const { origin, message, stop } = await serveContent(content)
  onTestFinished(stop)
  const page = async (path: string, isShown: (answer: { status: number; text: string }) => boolean) => {
    for (;;) {
      const answer = await fetch(`${origin}${path}`)
      const shown = { status: answer.status, text: await answer.text() }
      if (isShown(shown)) return shown
      await sleep(200)
    }
  }

  await page('/projects/jq/', ({ text }) => text.includes('Before the edit'))
  const told = message('full-reload')
  edit('projects/jq.md', project('After the edit'))
  await told
  await page('/projects/jq/', ({ text }) => text.includes('After the edit'))
  // What is no page is made from the same content.
  await page('/api/v1/projects/jq.json', ({ text }) => text.includes('After the edit'))

  edit('site.yml', 'title: Second title\n')
  await page('/projects/jq/', ({ text }) => text.includes('Second title'))

  edit('projects/sed.md', project('It has come').replace('Jq', 'Sed'))
  await page('/projects/sed/', ({ text }) => text.includes('It has come'))
  rmSync(join(content, 'projects/sed.md'))
  await page('/projects/sed/', ({ status }) => status === 404)

  const shown = message('error')
  edit('projects/jq.md', project('Broken').replace('[tools]', '[toolz]'))
  const broken = await page('/projects/jq/', ({ status }) => status === 500)
  // What listens stays there: it shows the problem, and loads the page again when the file is mended.
  expect(broken.text).toContain('/@vite/client')
  expect(await shown).toContain('projects/jq.md:5:14  unknown-category')
  const mended = message('full-reload')
  edit('projects/jq.md', project('Mended'))
  await mended
  await page('/projects/jq/', ({ text }) => text.includes('Mended'))

  // The first of its kind: its folder has come with it.
  mkdirSync(join(content, 'notes'))
  const words = ['title: Page size', 'summary: Not the same', 'symptom: It ends', 'cause: A number', 'fix: Ask for it']
  edit(
    'notes/pages.md',
    ['---', ...words, 'date: "2026"', 'architectures: [arm64]', '---', 'By `getpagesize`.'].join('\n'),
  )
  await page('/notes/pages/', ({ text }) => text.includes('getpagesize'))
})
