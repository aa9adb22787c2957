import { expect, test } from 'vitest'
import { ownersOf, parsePlatformName } from '#scan/npm-platform-name.ts'

test.each([
  ['@esbuild/linux-arm64', 'linux', 'arm64', ['esbuild']],
  ['@pagefind/linux-x64', 'linux', 'x64', ['pagefind']],
  ['@rollup/rollup-linux-arm64-gnu', 'linux', 'arm64', ['@rollup/rollup', 'rollup']],
  ['@rolldown/binding-linux-arm-gnueabihf', 'linux', 'arm', ['@rolldown/binding', 'rolldown']],
  ['@oxc-parser/binding-linux-riscv64-musl', 'linux', 'riscv64', ['@oxc-parser/binding', 'oxc-parser']],
  ['lightningcss-linux-x64-gnu', 'linux', 'x64', ['lightningcss']],
  ['@astrojs/compiler-binding-darwin-arm64', 'darwin', 'arm64', ['@astrojs/compiler-binding']],
  ['@img/sharp-linuxmusl-arm64', 'linux', 'arm64', ['@img/sharp']],
  ['@swc/core-win32-ia32-msvc', 'win32', 'ia32', ['@swc/core']],
])('%s is for %s on %s, and may belong to %j', (name, system, machine, owners) => {
  const platform = parsePlatformName(name)
  expect(platform).toMatchObject({ system, machine })
  expect(platform && ownersOf(platform)).toEqual(owners)
})

test.each([
  'esbuild',
  'linux-arm64',
  '@types/node',
  'is-linux',
  'arm64-info',
  '@esbuild/linux',
  'x64',
  'a/b/linux-x64',
  '',
])('%j names no platform', (name) => {
  expect(parsePlatformName(name)).toBeUndefined()
})
