/** Adds people to the text of people.yml. What is there stays as it is, with its comments. */
import { parseYaml } from '#catalog/yaml.ts'
import type { Newcomer } from './authors.ts'
import { serializeFrontMatter } from './serialize.ts'

/** @returns the new text, or undefined where the old one is not written so that one can add to its end */
export function addPeople(text: string, newcomers: readonly Newcomer[]): string | undefined {
  const before = text.trim() === '' ? '' : `${text.replace(/\n*$/, '')}\n\n`
  const added = newcomers.map(({ id, name }) => serializeFrontMatter({ [id]: { name } })).join('\n')
  const all = `${before}${added}`
  const [old, extended] = [parseYaml(text), parseYaml(all)]
  if (!extended.ok || typeof extended.value !== 'object' || Array.isArray(extended.value)) return undefined
  const known = old.ok && typeof old.value === 'object' && !Array.isArray(old.value) ? Object.keys(old.value) : []
  const isWhole = known.every((id) => Object.hasOwn(extended.value as object, id))
  return isWhole && Object.keys(extended.value).length === known.length + newcomers.length ? all : undefined
}
