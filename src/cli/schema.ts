import { parseArgs } from 'node:util'
import { z } from 'zod'
import { kindNames, kinds, type Kind } from '#catalog/kinds.ts'
import { commonOptions } from './options.ts'
import { CannotRun, type World } from './world.ts'

export const schemaHelp = `schema KIND
  The JSON Schema of a kind of content: ${kindNames.join(', ')}.`

/** @returns exit code: 0 answered */
export function schema(args: readonly string[], world: World): number {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: commonOptions })
  const [kind] = positionals
  if (kind === undefined || !isKind(kind)) {
    throw new CannotRun(`Expected a kind, one of ${kindNames.map((name) => `\`${name}\``).join(', ')}.`)
  }
  world.answer(`${JSON.stringify(z.toJSONSchema(kinds[kind].schema, { io: 'input' }), null, 2)}\n`)
  return 0
}

function isKind(word: string): word is Kind {
  return (kindNames as string[]).includes(word)
}
