import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { serialize } from 'node:v8'
import { expect, test } from 'vitest'
import { keep } from '#store/kept-file.ts'
import { folderOf } from '#tests/builders.ts'
import { KeptMap } from '../../scripts/kept-map.ts'

function set() {
  const home = folderOf({})
  const open = (environment: unknown = ['code']) => new KeptMap<unknown>(home, 'things.bin', environment)
  return { open, file: join(home, 'node_modules/.cache/works-on-arm/things.bin') }
}

/** A map in which these were kept. */
function kept(...keys: string[]) {
  const { open, file } = set()
  const first = open()
  for (const key of keys) first.set(key, `made of ${key}`)
  first.save({ isAll: true })
  return { open, file }
}

const keysOf = (map: KeptMap<unknown>, ...keys: string[]) => keys.filter((key) => map.get(key) !== undefined)

test('what was made is found by the next one, as it was', () => {
  const { open } = set()
  const first = open()
  const things = { words: 'ä\n', bytes: new Uint8Array([0, 10, 255]), empty: '', none: { of: undefined } }
  for (const [key, thing] of Object.entries(things)) first.set(key, thing)
  expect(first.asked()).toEqual(Object.entries(things))
  first.save({ isAll: true })
  const second = open()
  for (const [key, thing] of Object.entries(things)) expect(second.get(key)).toEqual(thing)
})

test('in another environment nothing is found', () => {
  const { open } = kept('a')
  expect(keysOf(open(['other code']), 'a')).toEqual([])
  expect(keysOf(open(), 'a')).toEqual(['a'])
})

test('what is no longer asked for goes where all was asked for, and else stays', () => {
  const { open } = kept('a', 'b')
  const some = open()
  some.get('b')
  some.set('c', 'C')
  some.save({ isAll: false })
  expect(keysOf(open(), 'a', 'b', 'c')).toEqual(['a', 'b', 'c'])
  const all = open()
  all.get('b')
  all.save({ isAll: true })
  expect(keysOf(open(), 'a', 'b', 'c')).toEqual(['b'])
})

test.each([true, false])('nothing is written where nothing is new: all %s', (isAll) => {
  const { open, file } = kept('a', 'b')
  const again = open()
  keysOf(again, 'a', 'b')
  rmSync(file)
  again.save({ isAll })
  expect(existsSync(file)).toBe(false)
})

test('sparingly, a few of very many are not written, and several are', () => {
  const keys = Array.from({ length: 1001 }, (_, index) => `key ${index}`)
  const { open } = kept(...keys)
  const save = (fresh: readonly string[], isSparingly: boolean) => {
    const map = open()
    for (const key of fresh) map.set(key, key)
    map.save({ isAll: false, isSparingly })
    return keysOf(open(), ...fresh)
  }
  expect(save(['a', 'b'], true)).toEqual([])
  expect(save(['a', 'b', 'c'], true)).toEqual(['a', 'b', 'c'])
  expect(save(['d'], false)).toEqual(['d'])
})

test('a file that is whole and none of ours is not taken for one', () => {
  const { open, file } = kept('a')
  for (const content of [
    '',
    '?',
    serialize(null),
    serialize([]),
    serialize({ environment: 1 }),
    serialize({ entries: new Map([['a', 'A']]) }),
  ]) {
    keep(file, content)
    expect(keysOf(open(), 'a')).toEqual([])
  }
})

test('a file that is cut off or touched is not taken for one', () => {
  const { open, file } = kept('a')
  const whole = readFileSync(file)
  const touched = Buffer.from(whole)
  touched[whole.indexOf('made of a')] = 0x4d
  for (const bytes of [whole.subarray(0, -1), whole.subarray(0, whole.length / 2), Buffer.alloc(0), touched]) {
    writeFileSync(file, bytes)
    expect(keysOf(open(), 'a')).toEqual([])
  }
})

test('where nothing can be kept, nothing fails', () => {
  const { open, file } = set()
  mkdirSync(join(dirname(file), 'things.bin'), { recursive: true })
  const map = open()
  map.set('a', 'A')
  map.save({ isAll: true })
  expect(map.get('a')).toBe('A')
})
