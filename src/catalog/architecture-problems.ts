/** Words of `architectures.yml` that would mean two columns, and a second control: the order of the file would decide. */
import type { Place, Problem } from '#domain/problem.ts'
import type { Architecture } from '#domain/vocabulary.ts'
import { unexpected } from './problems.ts'
import { placeOfKey, placeOfValue, type YamlSource } from './validate.ts'
import { parsePositionedYaml } from './yaml.ts'

/** A word that has a meaning, and where it gets it. */
interface Meaning {
  id: string
  word: string
  path: readonly PropertyKey[]
  /** What it is, in a sentence about the word that comes second. */
  as: 'id' | 'alias' | 'ambiguous word'
}

export function architectureProblems(
  architectures: Readonly<Record<string, Architecture>>,
  source: YamlSource,
): Problem[] {
  const entries = Object.entries(architectures)
  const meanings = entries.flatMap(([id, { aliases, ambiguous }]): Meaning[] => [
    { id, word: id, path: [id], as: 'id' },
    ...aliases.map((word, index): Meaning => ({ id, word, path: [id, 'aliases', index], as: 'alias' })),
    ...Object.keys(ambiguous).map((word): Meaning => ({
      id,
      word,
      path: [id, 'ambiguous', word],
      as: 'ambiguous word',
    })),
  ])
  const byWord = Map.groupBy(meanings, ({ word }) => word.toLowerCase())
  const twice = [...byWord.values()].flatMap((ofWord) => ofWord.flatMap((one) => contradiction(one, ofWord)))
  const [control, ...others] = entries.filter(([, { control }]) => control).map(([id]) => id)
  if (twice.length === 0 && others.length === 0) return []

  const positioned = parsePositionedYaml(source.text)
  const placeOf = ({ path, as }: Meaning) =>
    as === 'alias' ? placeOfValue(source, positioned, path) : placeOfKey(source, positioned, path)
  const placeOfControl = (id = '') => placeOfValue(source, positioned, [id, 'control'])
  return [
    ...twice.map(({ one, other }) => wordTaken(one, placeOf(one), other, placeOf(other))),
    ...others.map((id) =>
      unexpected(
        'control-taken',
        placeOfControl(id),
        'control',
        'true',
        `one control column: \`${control}\` is it already, in ${inWords(placeOfControl(control))}`,
        'keep `control: true` at the one column where everything is expected to work',
      ),
    ),
  ]
}

/** Told at the word that can go: an alias before an id; of two aliases the second one. */
function contradiction(one: Meaning, ofWord: readonly Meaning[]): { one: Meaning; other: Meaning }[] {
  if (one.as === 'id') return []
  const other = ofWord.find((other) => {
    if (other === one) return false
    if (other.as === 'id') return one.as === 'ambiguous word' || other.id !== one.id
    if (one.as === 'ambiguous word') return false
    return other.as === 'ambiguous word' || (other.id !== one.id && ofWord.indexOf(other) < ofWord.indexOf(one))
  })
  return other ? [{ one, other }] : []
}

function wordTaken(one: Meaning, place: Place, other: Meaning, otherPlace: Place): Problem {
  const wanted = one.as === 'alias' ? `a word that means \`${one.id}\` alone` : 'a word that no column has as its own'
  const meaning = { id: 'it is the id of', alias: 'it is an alias of', 'ambiguous word': 'it is ambiguous at' }[
    other.as
  ]
  const removal = other.as === 'id' ? 'remove it here' : 'remove it from one of the two'
  return unexpected(
    'word-taken',
    place,
    one.as,
    one.word,
    `${wanted}: ${meaning} \`${other.id}\`, in ${inWords(otherPlace)}`,
    other.as === 'alias'
      ? `${removal}; where it means both, make it an \`ambiguous\` word of each, with where it means that one`
      : removal,
  )
}

function inWords({ file, line, column }: Place): string {
  return `\`${file}:${line}:${column}\``
}
