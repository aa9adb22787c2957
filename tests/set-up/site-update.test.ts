import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderOf } from '#tests/builders.ts'
import { SitePathTaken, SiteUpdate } from '../../scripts/site-update.ts'
import { stampOf } from '../../scripts/stamps.ts'

/** A site of two pages and a file that nobody knows, and an update of it. */
function updated() {
  const folder = folderOf({
    'site/index.html': 'home',
    'site/a/index.html': 'page a',
    'site/b/c/index.html': 'page c',
    'site/foreign.txt': '?',
  })
  const [site, fresh] = [join(folder, 'site'), join(folder, 'new')]
  mkdirSync(fresh)
  const update = new SiteUpdate(fresh, site, {
    files: new Map([
      ['index.html', ''],
      ['a/index.html', 'key of a'],
      ['b/c/index.html', 'key of c'],
    ]),
    paths: ['index.html', 'a/index.html', 'b/c/index.html', 'foreign.txt'],
  })
  return { update, site, text: (path: string) => readFileSync(join(site, path), 'utf8') }
}

describe('an update', () => {
  test('leaves the site alone until it is applied', () => {
    const { update, text } = updated()
    update.write('index.html', 'new home')
    expect(text('index.html')).toBe('home')
    update.apply()
    expect(text('index.html')).toBe('new home')
  })

  test('takes away what is no part of the site any more, with folders that are empty then', () => {
    const { update, site } = updated()
    expect(update.keeps('a/index.html', 'key of a')).toBe(true)
    update.apply()
    expect(readdirSync(site, { recursive: true }).sort()).toEqual(['a', 'a/index.html'])
  })

  test('asks for a key that is still to be made where something is left, and where somebody wants to know it', () => {
    const asked: string[] = []
    const key = (name: string) => () => {
      asked.push(name)
      return name
    }
    const { update } = updated()
    expect(update.keeps('a/index.html', key('key of a'))).toBe(true)
    expect(asked).toEqual(['key of a'])

    const folder = folderOf({})
    const whole = new SiteUpdate(folder, join(folder, 'site'), undefined)
    expect(whole.keeps('index.html', key('of home'))).toBe(false)
    whole.write('index.html', 'home', key('of home'))
    expect(asked).toEqual(['key of a'])
    expect(whole.report().map(([path, known]) => [path, known])).toEqual([['index.html', 'of home']])
  })

  test('keeps several files where all of them are left, else none', () => {
    const { update } = updated()
    expect(update.keepAll(['a/index.html', 'b/c/index.html'], 'key of a')).toBe(false)
    expect([...update.keys()]).toEqual([])
    expect(update.keepAll(['a/index.html'], 'key of a')).toBe(true)
  })

  test('touches nothing where a file is to be where a folder stays, or below a file that stays', () => {
    for (const [stays, key, comes] of [
      ['b/c/index.html', 'key of c', 'b/c'],
      ['a/index.html', 'key of a', 'a/index.html/index.html'],
    ] as const) {
      const { update, site } = updated()
      const before = readdirSync(site, { recursive: true }).sort()
      expect(update.keeps(stays, key)).toBe(true)
      update.write(comes, 'new')
      update.write('index.html', 'new home')
      expect(() => update.apply()).toThrow(SitePathTaken)
      expect(readdirSync(site, { recursive: true }).sort()).toEqual(before)
      expect(readFileSync(join(site, 'index.html'), 'utf8')).toBe('home')
    }
  })

  test('takes over what another one has put into the same folder', () => {
    const { update, site, text } = updated()
    const other = new SiteUpdate(update.folder, site, {
      files: new Map([['b/c/index.html', 'key of c']]),
      paths: [],
    })
    other.keeps('b/c/index.html', 'key of c')
    other.write('feed.xml', 'feed', 'key of feed')
    update.write('index.html', 'new home')
    update.adopt(other.report())
    expect([...update.apply().keys()]).toEqual(['index.html', 'feed.xml'])
    expect([text('index.html'), text('b/c/index.html'), text('feed.xml')]).toEqual(['new home', 'page c', 'feed'])
    expect(update.keys().get('feed.xml')).toBe('key of feed')
    expect(() => {
      update.adopt(other.report())
    }).toThrow(SitePathTaken)
  })

  test('puts a file where a folder was, and a folder where a file was', () => {
    const { update, site, text } = updated()
    mkdirSync(join(site, 'e.txt'))
    update.write('b', 'file')
    update.write('index.html/d.txt', 'in a folder')
    update.write('e.txt', 'not a folder')
    expect([...update.apply().keys()]).toEqual(['b', 'index.html/d.txt', 'e.txt'])
    expect([text('b'), text('index.html/d.txt'), text('e.txt')]).toEqual(['file', 'in a folder', 'not a folder'])
  })

  test('keeps a file under its own key alone, and never one without a key', () => {
    const { update } = updated()
    expect(update.keeps('a/index.html', 'another key')).toBe(false)
    expect(update.keeps('index.html', '')).toBe(false)
    expect(update.keeps('missing.html', 'key of a')).toBe(false)
  })

  test('does not touch a file whose content is the same', () => {
    const { update, site } = updated()
    const file = join(site, 'index.html')
    utimesSync(file, new Date(0), new Date(0))
    update.write('index.html', 'home')
    update.apply()
    expect(statSync(file).mtimeMs).toBe(0)
  })

  test('gives a kept file another name, and a new one', () => {
    const { update, text } = updated()
    expect(update.keeps('a/index.html', 'key of a')).toBe(true)
    expect(update.link('a/index.html', 'd/index.html', 'key of a')).toBe(true)
    update.write('index.html', 'new home')
    expect(update.link('index.html', 'e.html', '')).toBe(true)
    update.apply()
    expect([text('d/index.html'), text('e.html')]).toEqual(['page a', 'new home'])
  })

  test('knows the stamps of new files, under each of their names', () => {
    const { update, site } = updated()
    update.keeps('a/index.html', 'key of a')
    update.write('n.txt', 'new')
    update.link('n.txt', 'm.txt', '')
    update.link('a/index.html', 'd.html', '')
    const stamps = update.stamps()
    expect([...stamps.keys()]).toEqual(['n.txt', 'm.txt', 'd.html'])
    expect(update.apply()).toEqual(stamps)
    for (const [path, stamp] of stamps) expect(stampOf(join(site, path))).toBe(stamp)
  })

  test('refuses a second file at one path', () => {
    const { update } = updated()
    update.keeps('a/index.html', 'key of a')
    expect(() => {
      update.write('a/index.html', 'again')
    }).toThrow(SitePathTaken)
  })

  test('refuses a file where another thread has put a folder, and a folder where it has put a file', () => {
    const { update } = updated()
    mkdirSync(join(update.folder, 'matrix/2'), { recursive: true })
    expect(() => {
      update.write('matrix', 'a file')
    }).toThrow('The site would have two files at /matrix, or a file and a folder.')
    update.write('feeds', 'a file')
    const other = new SiteUpdate(update.folder, update.folder, undefined)
    expect(() => {
      other.write('feeds/all/index.html', 'a page')
    }).toThrow(SitePathTaken)
    expect(() => other.link('feeds', 'feeds/all/index.html', '')).toThrow(SitePathTaken)
  })

  test('tells the key of every file', () => {
    const { update } = updated()
    update.keeps('a/index.html', 'key of a')
    update.write('n.txt', '', 'key of n')
    update.write('m.txt', '')
    expect([...update.keys()]).toEqual([
      ['a/index.html', 'key of a'],
      ['n.txt', 'key of n'],
      ['m.txt', ''],
    ])
    expect(existsSync(update.placeOf('a/index.html'))).toBe(true)
    expect(existsSync(update.placeOf('n.txt'))).toBe(true)
  })
})
