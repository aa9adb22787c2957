/** How to ask the matrix: its conditions, what each means, and examples that work here. */
import { parseQuery, serializeCondition, wordsOfField, type Field } from '#query/query.ts'
import type { ViewContext } from './context.ts'

export interface AskingView {
  conditions: { field: Field; words: string; meaning: string }[]
  examples: { question: string; address: string; meaning: string }[]
}

const meanings: Record<Field, string> = {
  arch: 'the architecture that the other conditions are about; its column comes first. An alias will do',
  is: 'the support, its group, or the basis',
  basis: 'how we know',
  level: 'what was proven; also level>=starts or level<tested',
  execution: 'how the run went that showed it',
  stale: 'whether what is known is too old to rely on',
  category: 'the category of the project',
}

export function viewAsking(context: ViewContext): AskingView {
  const { catalog, addressOf } = context
  const [first = '', second = first] = catalog.architectures.keys()
  const [category = ''] = catalog.categories.keys()
  const vocabulary = {
    architectures: new Map([...catalog.architectures.keys()].map((id) => [id, id] as const)),
    ambiguous: new Map<string, []>(),
    categories: new Set(catalog.categories.keys()),
  }
  const examples = [
    { question: `arch:${second} is:works stale:no`, meaning: `what works on ${second}, by something fresh` },
    { question: `is:disputed`, meaning: 'where a run and a claim contradict each other, in any column that is shown' },
    {
      question: `arch:${second} level>=tested execution:native`,
      meaning: 'what passed its own tests on the real thing',
    },
    ...(category === ''
      ? []
      : [
          {
            question: `category:${category} -is:not-known`,
            meaning: 'of which something is known in every column that is shown',
          },
        ]),
  ]
  return {
    conditions: (Object.keys(meanings) as Field[]).map((field) => ({
      field,
      words: shortened(wordsOfField(field, vocabulary)),
      meaning: meanings[field],
    })),
    examples: examples.map(({ question, meaning }) => ({
      // Written as the page writes it.
      question: parseQuery(question, vocabulary).conditions.map(serializeCondition).join(' '),
      address: `${addressOf('/matrix/')}?q=${encodeURIComponent(question).replaceAll('%20', '+').replaceAll('%3A', ':')}`,
      meaning,
    })),
  }
}

function shortened(words: readonly string[]): string {
  const most = 10
  return `${words.slice(0, most).join(', ')}${words.length > most ? ', …' : ''}`
}
