/**
 * If the registry lacks a platform's binary on the day a dependency changes, npm leaves it out of the lock without
 * a word, and people on that platform cannot install. Then pin a version that is complete.
 */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      link: z.boolean().optional(),
      inBundle: z.boolean().optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
})

const text = readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')
const { packages } = Lock.parse(JSON.parse(text))
const entries = Object.entries(packages)

test('every optional dependency of a locked package is locked too', () => {
  const missing = entries.flatMap(([path, { version, optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !placesToFind(name, path).some((place) => place in packages))
      .map((name) => `${name}, wanted by ${path || 'package.json'} ${version ?? ''}`),
  )
  expect(missing).toEqual([])
})

test('no locked package says which registry it came from', () => {
  expect(entries.filter(([, locked]) => locked.resolved !== undefined).map(([path]) => path)).toEqual([])
})

test('every package from a registry is locked with its integrity', () => {
  const bare = entries.filter(
    ([path, { integrity, link, inBundle }]) => path.includes('node_modules/') && !link && !inBundle && !integrity,
  )
  expect(bare.map(([path]) => path)).toEqual([])
})

/** Where Node looks for `name` from the package at `path`, nearest first: `a/node_modules/name`, …, `node_modules/name`. */
function placesToFind(name: string, path: string): string[] {
  const here = `${path}${path && '/'}node_modules/${name}`
  if (path === '') return [here]
  return [here, ...placesToFind(name, path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/'))))]
}
