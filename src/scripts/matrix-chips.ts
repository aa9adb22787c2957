/** The conditions of a question, each with a button that takes it away. */
import { serializeCondition, type Query, type QueryProblem } from '#query/query.ts'
import { controlNames, type MatrixState } from './matrix-state.ts'
import { element } from './matrix-draw.ts'
import { nearestWord } from './nearest-word.ts'

/** @param change takes the state without the condition */
export function drawChips(list: HTMLElement, state: MatrixState, change: (next: MatrixState) => void): void {
  const chips = [
    ...controlNames
      .filter((name) => state[name] !== '')
      .map((name) => ({
        text: `${name === 'support' ? 'is' : name}:${state[name]}`,
        // Where there is room, its control stands above.
        kind: 'of-control',
        without: { ...state, [name]: '', page: undefined },
      })),
    ...state.conditions.map((condition) => ({
      text: serializeCondition(condition),
      kind: '',
      without: { ...state, conditions: state.conditions.filter((other) => other !== condition), page: undefined },
    })),
  ]
  list.replaceChildren(
    ...chips.map(({ text, kind, without }) => {
      const item = element('li', kind, '')
      const button = element('button', '', '')
      button.type = 'button'
      button.append(element('span', 'visually-hidden', 'Remove '), element('code', '', text), ' ×')
      button.addEventListener('click', () => {
        change(without)
      })
      item.append(button)
      return item
    }),
  )
  list.hidden = chips.length === 0
}

/** Of many words a few say what is meant; all of them stand in the form and on the page of the words. */
const mostOffered = 6

/** What means nothing in a question, in sentences. */
export function drawProblems(place: HTMLElement, { problems }: Query): void {
  place.replaceChildren(
    ...problems.flatMap((problem) => [element('code', '', problem.token), `: ${sentencesOf(problem)} `]),
  )
  place.hidden = problems.length === 0
}

function sentencesOf({ reason, strange = '', expected }: QueryProblem): string {
  const near = nearestWord(strange, expected)
  const others = expected.filter((word) => word !== near)
  const more = others.length - mostOffered
  // `1 more` would be as long as the word itself.
  const words = more > 1 ? [...others.slice(0, mostOffered), `${more} more`] : others
  const listed = words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`
  return [
    `${reason.replace(/`([^`]*)`/g, '“$1”')}.`,
    ...(near === undefined ? [] : [`Did you mean ${near}?`]),
    ...(listed === '' ? [] : [`${near === undefined ? 'Try' : 'Or'} ${listed}.`]),
  ].join(' ')
}
