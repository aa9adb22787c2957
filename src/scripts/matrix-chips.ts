/** The conditions of a question, each with a button that takes it away. */
import { serializeCondition, type Query } from '#query/query.ts'
import { controlNames, type MatrixState } from './matrix-state.ts'
import { element } from './matrix-draw.ts'

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

/** What means nothing in a question, in sentences. */
export function drawProblems(place: HTMLElement, { problems }: Query): void {
  place.replaceChildren(
    ...problems.flatMap(({ token, reason, expected }) => {
      const most = 12
      const words = expected.slice(0, most).join(', ')
      return [
        element('code', '', token),
        `: ${reason.replaceAll('`', '“').replace(/“([^“]*)“/g, '“$1”')}. Try ${words}${expected.length > most ? ', …' : ''}. `,
      ]
    }),
  )
  place.hidden = problems.length === 0
}
