import { suggestId } from './problems.ts'

/** The id of a piece of news: of two with one title the second gets a number. */
export function freeItemId(title: string, taken: { has: (id: string) => boolean }): string {
  const id = suggestId(title)
  if (!taken.has(id)) return id
  let number = 2
  const numbered = () => `${id.slice(0, 60)}-${number}`
  while (taken.has(numbered())) number += 1
  return numbered()
}
