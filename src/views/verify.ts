/** What needs a check, as pages show it: a bounded list, and what to do about each entry. */
import { compareText } from '#domain/problem.ts'
import { groupOfSupport, type Basis, type SupportGroup } from '#domain/status-words.ts'
import { viewDay, type DayView } from './age.ts'
import type { ViewContext } from './context.ts'
import { waysToCorrectCell, type WaysToCorrect } from './ways-to-correct.ts'
import { interestByProject, interestInWords } from './interest.ts'
import { byLabel, linksTo, linkTo, type LinkView } from './links.ts'
import { viewColumns } from './matrix.ts'
import { commandOfRecipe, isCheckOf, recipesFor } from './recipe-command.ts'
import {
  cellsToVerify,
  cellsToVerifyOf,
  cellsToVerifyOn,
  checkReasons,
  type CellToVerify,
  type CheckReason,
} from './to-verify.ts'
import { runBesideClaim, type RunBeside } from './run-beside.ts'
import { counted, labelOfSupport } from './words.ts'

/** One or several cells of a project. */
export interface CheckView {
  project: LinkView
  /** What names the project: `2 recipes, 1 issue`. */
  namedBy: string
  architectures: LinkView[]
  /** The architecture, where it is only one. */
  architecture: string | undefined
  label: string
  group: SupportGroup
  basis: Basis
  day: DayView | undefined
  /** What a run showed, where it is a claim that is known: it has another day. */
  beside: RunBeside | undefined
  recipes: LinkView[]
  ways: WaysToCorrect
}

export interface ChecksView {
  checks: CheckView[]
  /** How many are not shown. */
  more: number
}

/** A command that checks a cell. */
export interface CheckCommand {
  recipe: LinkView
  architecture: string
  command: string
}

export interface VerifyView {
  total: number
  /** How many for which reason, in a sentence; empty where there are none. */
  summary: string
  parts: (ChecksView & { id: CheckReason; count: number })[]
  commands: CheckCommand[]
  /** The same for each architecture that has something to check. */
  architectures: { id: string; name: string; address: string; count: number; isCurrent: boolean }[]
}

/** How many entries of each part a page shows. */
const shownChecks: Record<CheckReason, number> = { disputed: 50, stale: 200, unseen: 50 }
const shownCommands = 10

/** What needs a check on one architecture, or on all of them. */
export function viewVerify(architecture: string | undefined, context: ViewContext): VerifyView {
  const cells = architecture === undefined ? cellsToVerify(context) : cellsToVerifyOn(architecture, context)
  const shown: CellToVerify[][] = []
  const parts = checkReasons.flatMap((id) => {
    const ofReason = cells.filter(({ reason }) => reason === id)
    if (ofReason.length === 0) return []
    const entries = id === 'unseen' ? byProject(ofReason) : ofReason.map((cell) => [cell])
    const first = entries.slice(0, shownChecks[id])
    shown.push(...first)
    return [
      {
        id,
        count: ofReason.length,
        checks: first.map((entry) => viewCheck(entry, context)),
        more: ofReason.length - first.flat().length,
      },
    ]
  })
  return {
    total: cells.length,
    summary: parts.map(({ id, count }, index) => countInWords(id, count, index === 0)).join(', '),
    parts,
    commands: commandsFor(shown.flat(), context),
    architectures: viewColumns(context)
      .map(({ id, name }) => ({
        id,
        name,
        address: context.addressOf(`/verify/${id}/`),
        count: cellsToVerifyOn(id, context).length,
        isCurrent: id === architecture,
      }))
      .filter(({ count }) => count > 0),
  }
}

const wordsOfReason: Record<CheckReason, [one: string, several: string]> = {
  disputed: ['is contradicted', 'are contradicted'],
  stale: ['is too old to rely on', 'are too old to rely on'],
  unseen: ['is asked for and was never looked at', 'are asked for and were never looked at'],
}

function countInWords(reason: CheckReason, count: number, isFirst: boolean): string {
  return `${isFirst ? counted(count, 'cell') : count} ${wordsOfReason[reason][count === 1 ? 0 : 1]}`
}

/** Of some reasons, on one architecture: the oldest knowledge first, then what is asked for most. */
export function viewOldestChecks(
  architecture: string,
  reasons: readonly CheckReason[],
  limit: number,
  context: ViewContext,
): ChecksView {
  const cells = cellsToVerifyOn(architecture, context)
    .filter(({ reason }) => reasons.includes(reason))
    .sort((a, b) => compareText(a.seen, b.seen) || b.interest - a.interest)
  return {
    checks: cells.slice(0, limit).map((cell) => viewCheck([cell], context)),
    more: Math.max(0, cells.length - limit),
  }
}

/** Of some projects, wherever: what is too old or contradicted, and worth most. */
export function viewChecksOfProjects(projects: ReadonlySet<string>, limit: number, context: ViewContext): ChecksView {
  const cells = cellsToVerifyOf(projects, context).filter(({ reason }) => reason !== 'unseen')
  return {
    checks: cells.slice(0, limit).map((cell) => viewCheck([cell], context)),
    more: Math.max(0, cells.length - limit),
  }
}

/** Cells of one project together, in the order in which the projects first come. */
function byProject(cells: readonly CellToVerify[]): CellToVerify[][] {
  return [...Map.groupBy(cells, ({ project }) => project.id).values()]
}

function viewCheck(cells: readonly CellToVerify[], context: ViewContext): CheckView {
  const [first] = cells
  if (!first) throw new Error('a check is of one cell at least')
  const { project, status } = first
  const ids = cells.map(({ column }) => column.id)
  const [architecture] = ids.length === 1 ? ids : []
  const { observedAt } = status
  const recipesOf = (id: string, on: string) => recipesFor(id, on, context).map((recipe) => recipe.id)
  return {
    project: {
      label: project.data.name,
      address: context.addressOf(`/projects/${project.id}/${observedAt === undefined ? '' : `#${first.column.id}`}`),
    },
    namedBy: interestInWords(interestByProject(context).get(project.id)),
    architectures: cells.map(({ column }) => ({ label: column.id, address: column.address })),
    architecture,
    label: labelOfSupport[status.support],
    group: groupOfSupport[status.support],
    basis: status.basis,
    day: observedAt === undefined ? undefined : viewDay(observedAt.slice(0, 10), context.asOf),
    beside: architecture === undefined ? undefined : runBesideClaim(project.id, architecture, context),
    recipes: byLabel(linksTo('recipe', new Set(ids.flatMap((id) => recipesOf(project.id, id))), context)),
    ways: waysToCorrectCell(project.id, architecture, context),
  }
}

/** The commands that check the first of these cells. */
function commandsFor(cells: readonly CellToVerify[], context: ViewContext): CheckCommand[] {
  const commands = new Map<string, CheckCommand>()
  for (const { project, column } of cells) {
    for (const recipe of recipesFor(project.id, column.id, context)) {
      if (!isCheckOf(project.id, recipe)) continue
      const command = commandOfRecipe(recipe.id, column.id)
      commands.set(command, { recipe: linkTo('recipe', recipe.id, context), architecture: column.id, command })
    }
  }
  return [...commands.values()].slice(0, shownCommands)
}
