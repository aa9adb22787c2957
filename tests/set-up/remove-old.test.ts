import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { removeOldFolders } from '../../scripts/remove-old.ts'

test('goes what is meant and old, with everything in it, and nothing else', () => {
  const parent = mkdtempSync(join(tmpdir(), 'remove-old-'))
  onTestFinished(() => {
    rmSync(parent, { recursive: true, force: true })
  })
  const anHourAgo = new Date(Date.now() - 3_600_000)
  for (const [name, isOld] of [
    ['site-old', true],
    ['site-new', false],
    ['other-old', true],
  ] as const) {
    mkdirSync(join(parent, name))
    writeFileSync(join(parent, name, 'index.html'), '')
    if (isOld) utimesSync(join(parent, name), anHourAgo, anHourAgo)
  }
  removeOldFolders(parent, (name) => name.startsWith('site-'), 60_000)
  expect(readdirSync(parent).sort()).toEqual(['other-old', 'site-new'])
})
