/** Says which files were not read, and why: shown above the report, and announced. */
import { code, element, quoted } from './check-elements.ts'
import type { ShownReport } from './check-protocol.ts'

/** Names that are listed; who chose more knows which folder they are from. */
const maximumNames = 6

/** What to say of a report; nothing where every file was read. */
export function failureOf({ files, problems }: ShownReport): Node[] {
  const names = files.filter(({ format }) => format === undefined).map(({ name }) => name)
  const errors = problems.filter(({ severity }) => severity === 'error')
  const [only] = errors
  if (!only) return []
  const head = [element('strong', 'Not read:'), ' ', ...listed(names), '. ']
  if (errors.length === 1) return [element('p', ...head, ...why(only))]
  return [element('p', ...head), element('ul', ...errors.map((error) => element('li', ...why(error))))]
}

function why({ place, reason, fix }: ShownReport['problems'][number]): (Node | string)[] {
  return quoted(`${place.line > 1 ? `Line ${place.line}: ` : ''}${reason} Try this: ${fix}.`)
}

function listed(names: readonly string[]): (Node | string)[] {
  const shown = names.slice(0, maximumNames).flatMap((name, at) => [at === 0 ? '' : ', ', code(name)])
  return names.length > maximumNames ? [...shown, ` and ${names.length - maximumNames} more`] : shown
}
