/** Cells that need a look, as tickets that somebody can pick: those of one project are one piece of work. */
import { viewDay, type DayView } from './age.ts'
import { fullLink } from './api-cell.ts'
import type { ViewContext } from './context.ts'
import { reasonInWords } from './reasons.ts'
import { commandOfRecipe, isCheckOf, recipesFor } from './recipe-command.ts'
import { cellsToVerify, type CellToVerify, type CheckReason } from './to-verify.ts'
import { waysToCorrectCell, type WaysToCorrect } from './ways-to-correct.ts'
import { dayInWords, labelOfSupport } from './words.ts'

export interface CellToPick {
  architecture: string
  label: string
  reason: Exclude<CheckReason, 'unseen'>
  /** When the newest source said it. */
  day: DayView | undefined
  /** Since when it is too old, in words. */
  staleSince: string | undefined
  /** Where it was said, with its host. */
  link: string | undefined
  /** Why it is so, as the rule says. */
  reasons: string[]
  /** The command that tells more. */
  explain: string
}

export interface TicketToPick {
  project: string
  name: string
  /** Address of its page, with its host. */
  page: string
  cells: CellToPick[]
  ways: WaysToCorrect
  /** Our page about it, with its host. */
  contribute: string
  /** Commands whose run settles a cell. */
  commands: string[]
}

/** A ticket for each project, the one first whose best cell is worth most. */
export function viewTicketsToPick(isWanted: (cell: CellToVerify) => boolean, context: ViewContext): TicketToPick[] {
  const cells = cellsToVerify(context).filter((cell) => cell.reason !== 'unseen' && isWanted(cell))
  return [...Map.groupBy(cells, ({ project }) => project)].map(([{ id, data }, ofProject]) => {
    const [only, ...more] = ofProject
    return {
      project: id,
      name: data.name,
      page: context.absoluteAddressOf(`/projects/${id}/`),
      cells: ofProject.map((cell) => viewCell(cell, context)),
      ways: waysToCorrectCell(id, more.length === 0 ? only?.column.id : undefined, context),
      contribute: context.absoluteAddressOf('/contribute/'),
      commands: ofProject.flatMap(({ column }) =>
        recipesFor(id, column.id, context)
          .filter((recipe) => isCheckOf(id, recipe))
          .map((recipe) => commandOfRecipe(recipe.id, column.id)),
      ),
    }
  })
}

function viewCell({ project, column, status, reason }: CellToVerify, context: ViewContext): CellToPick {
  const { observedAt, staleOn, link, support, basis, reasons } = status
  return {
    architecture: column.id,
    label: labelOfSupport[support],
    reason: reason === 'disputed' ? 'disputed' : 'stale',
    day: observedAt === undefined ? undefined : viewDay(observedAt.slice(0, 10), context.asOf),
    staleSince: basis === 'stale' && staleOn !== undefined ? dayInWords(staleOn) : undefined,
    link: link === undefined ? undefined : fullLink(link, context),
    reasons: reasons.map(reasonInWords),
    explain: `npm run cli -- explain ${project.id} ${column.id}`,
  }
}
