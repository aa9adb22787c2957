import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkContent } from '#catalog/check-content.ts'
import { folderOf } from '#tests/builders.ts'
import { KeptEntries } from '../../scripts/kept-entries.ts'

const asOf = '2026-11-21T12:00:00Z'

/** A generator, and the content of this site with files that are wrong, moved, and about others. */
function set() {
  const home = folderOf({ 'src/catalog/a.ts': 'a', 'src/domain/a.ts': 'a', 'package-lock.json': '{}' })
  const content = join(home, 'content')
  cpSync('content', content, { recursive: true })
  writeFileSync(join(content, 'projects', 'broken.md'), '---\nname: Broken\nclaims: no\n---\n\nText\n')
  writeFileSync(join(content, 'projects', 'old.md'), '---\nmovedTo: ansible\n---\n')
  writeFileSync(join(content, 'projects', 'lost.md'), '---\nmovedTo: nowhere\n---\n')
  const file = join(home, 'node_modules/.cache/works-on-arm/entries.bin')
  return { home, content, file }
}

const told = (content: string, entries?: KeptEntries) => {
  const { catalog, problems } = checkContent(content, asOf, undefined, entries)
  return { catalog: { ...catalog, vocabularies: catalog.vocabularies.length }, problems }
}

describe('entries that are kept', () => {
  test('are what reading afresh gives, problems and places included', () => {
    const { home, content, file } = set()
    const first = new KeptEntries(home)
    expect(told(content, first)).toEqual(told(content))
    first.save()
    expect(readFileSync(file).length).toBeGreaterThan(1000)
    const second = new KeptEntries(home)
    const again = told(content, second)
    expect(again).toEqual(told(content))
    expect(again.problems.length).toBeGreaterThan(1)
    // Nothing was new.
    rmSync(file)
    second.save()
    expect(() => readFileSync(file)).toThrow('ENOENT')
  })

  test('are no entries of a file that was written since, of another generator, or of half a memory', () => {
    const { home, content, file } = set()
    const first = new KeptEntries(home)
    told(content, first)
    first.save()
    const path = join(content, 'projects', 'ansible.md')
    writeFileSync(path, readFileSync(path, 'utf8').replace('name: Ansible', 'name: Ansible of another name'))
    expect(told(content, new KeptEntries(home)).catalog.project.get('ansible')?.data.name).toBe(
      'Ansible of another name',
    )
    const bytes = readFileSync(file)
    for (const spoilt of [bytes.subarray(0, bytes.length / 2), Buffer.from('?'), Buffer.alloc(0)]) {
      writeFileSync(file, spoilt)
      expect(told(content, new KeptEntries(home))).toEqual(told(content))
    }
    writeFileSync(file, bytes)
    writeFileSync(join(home, 'src/catalog/a.ts'), 'b')
    const other = new KeptEntries(home)
    expect(told(content, other)).toEqual(told(content))
    other.save()
    // Everything was new to it.
    expect(readFileSync(file).equals(bytes)).toBe(false)
  })
})
