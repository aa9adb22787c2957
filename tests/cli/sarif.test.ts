import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withEdits, offsetAt } from '#catalog/change.ts'
import { folderOf, projectFile, run } from '#tests/builders.ts'

interface Region {
  startLine: number
  startColumn: number
  endLine: number
  endColumn: number
}
interface Log {
  version: string
  runs: {
    tool: { driver: { rules: { id: string; helpUri?: string }[] } }
    results: {
      ruleId: string
      ruleIndex: number
      level: string
      message: { text: string }
      locations: { physicalLocation: { artifactLocation: { uri: string }; region: Region } }[]
      partialFingerprints: Record<string, string>
      fixes?: {
        artifactChanges: {
          artifactLocation: { uri: string }
          replacements: { deletedRegion: Region; insertedContent: { text: string } }[]
        }[]
      }[]
    }[]
  }[]
}

async function sarifOf(text: string, site = 'title: Test\nurl: https://arm.example/\n') {
  const directory = folderOf({ 'content/site.yml': site, 'content/projects/redis.md': text })
  const { answer, code } = await run(['check', '--content', 'content', '--format', 'sarif'], { directory })
  return { directory, code, log: JSON.parse(answer) as Log, answer }
}

test('a problem is a result with its rule, its place and its message', async () => {
  const { log, code } = await sarifOf(projectFile({ sumary: 'twice' }))
  const [run] = log.runs
  expect(code).toBe(1)
  expect(log.version).toBe('2.1.0')
  expect(run?.tool.driver.rules[0]).toMatchObject({
    id: 'unknown-key',
    helpUri: 'https://arm.example/problems/#unknown-key',
  })
  expect(run?.results[0]).toMatchObject({
    ruleId: 'unknown-key',
    ruleIndex: 0,
    level: 'error',
    locations: [
      { physicalLocation: { artifactLocation: { uri: 'content/projects/redis.md' }, region: { startColumn: 1 } } },
    ],
  })
})

test('a fix, carried out as it says, leaves no result', async () => {
  const broken = projectFile({ alias: '[redis-server]' })
  const { log, directory } = await sarifOf(broken)
  const [replacement] = log.runs[0]?.results[0]?.fixes?.[0]?.artifactChanges[0]?.replacements ?? []
  const region = replacement?.deletedRegion ?? { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 }
  const text = readFileSync(join(directory, 'content/projects/redis.md'), 'utf8')
  const mended = withEdits(text, [
    {
      start: offsetAt(text, { line: region.startLine, column: region.startColumn }),
      end: offsetAt(text, { line: region.endLine, column: region.endColumn }),
      text: replacement?.insertedContent.text ?? '',
    },
  ])
  expect(log.runs[0]?.results).toHaveLength(1)
  expect((await sarifOf(mended)).log.runs[0]?.results).toEqual([])
})

test('a problem keeps its fingerprint when lines come before it', async () => {
  const print = async (text: string) => (await sarifOf(text)).log.runs[0]?.results[0]?.partialFingerprints
  expect(await print(projectFile({ alias: '[a]' }))).toEqual(
    await print(projectFile({ alias: '[a]' }).replace('---\n', '---\n# A comment\n')),
  )
})

test('a site without an address has no pages to link to', async () => {
  const { log } = await sarifOf(projectFile({ alias: '[a]' }), 'title: Test\n')
  expect(log.runs[0]?.tool.driver.rules[0]).not.toHaveProperty('helpUri')
})
