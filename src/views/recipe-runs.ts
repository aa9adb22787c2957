/** Where a recipe was tried, and what came of it. */
import { firstDayOf } from '#domain/day.ts'
import { compareText } from '#domain/problem.ts'
import type { Entry } from '#domain/catalog.ts'
import type { Recipe, TestedOn } from '#domain/recipe.ts'
import { executionWords } from '#domain/status-words.ts'
import { basisByAge, viewDay, type DayView } from './age.ts'
import type { ViewContext } from './context.ts'
import { linkTo, type LinkView } from './links.ts'
import { trialsOf, type Trial } from './recipe-results.ts'
import type { Basis, SupportGroup } from './words.ts'

export interface ResultView {
  /** The result; what works under emulation is `emulated`, never `works`. */
  label: TestedOn['result'] | 'emulated'
  /** The shape and hue that its status would have. */
  group: SupportGroup
  basis: Basis
}

export interface RunView {
  machine: string
  /** Page of the machine. */
  machineAddress: string | undefined
  architecture: LinkView
  os: string | undefined
  version: string | undefined
  day: DayView
  result: ResultView
  duration: string | undefined
  noteHtml: string
}

/** Runs as a table; a column that no run fills is left out. */
export interface RunsView {
  rows: RunView[]
  hasOs: boolean
  hasVersion: boolean
  hasDuration: boolean
}

export function viewRuns(runs: readonly TestedOn[], context: ViewContext): RunsView {
  return {
    rows: runs.map((run, index) => viewRun(run, index + 1, context)),
    hasOs: runs.some((run) => run.os !== undefined),
    hasVersion: runs.some((run) => run.version !== undefined),
    hasDuration: runs.some((run) => run.duration !== undefined),
  }
}

/** What a recipe came to on an architecture: what our newest run showed, else the best trial, of equal ones the newest. */
export interface OutcomeView {
  architecture: LinkView
  result: ResultView | undefined
  day: DayView | undefined
}

export function viewOutcomes(recipe: Entry<Recipe>, context: ViewContext): OutcomeView[] {
  const { architectures, testedOn } = recipe.data
  const runs = trialsOf(recipe, context)
  return architectures.map((id) => {
    const trials = runs.some(({ architecture }) => architecture === id) ? runs : testedOn
    const best = trials
      .filter((run) => run.architecture === id)
      .sort(
        (a, b) =>
          resultsFromBest.indexOf(a.result) - resultsFromBest.indexOf(b.result) ||
          executionWords.indexOf(a.execution) - executionWords.indexOf(b.execution) ||
          compareText(firstDayOf(b.date), firstDayOf(a.date)),
      )[0]
    return {
      architecture: linkTo('architecture', id, context),
      result: best && viewResult(best, context),
      day: best && viewDay(best.date, context.asOf),
    }
  })
}

const resultsFromBest: readonly TestedOn['result'][] = ['works', 'builds', 'fails']

const groupOfResult: Record<TestedOn['result'], SupportGroup> = { works: 'works', builds: 'exists', fails: 'no' }

function viewResult({ result, execution, date }: Omit<Trial, 'architecture'>, { asOf }: ViewContext): ResultView {
  const basis = basisByAge(date, 'works', asOf)
  if (result === 'works' && execution === 'emulated') return { label: 'emulated', group: 'limited', basis }
  return { label: result, group: groupOfResult[result], basis }
}

function viewRun(run: TestedOn, number: number, context: ViewContext): RunView {
  const page = run.hardware === undefined ? undefined : linkTo('hardware', run.hardware, context)
  return {
    machine: run.machine ?? page?.label ?? 'not given',
    machineAddress: page?.address,
    architecture: linkTo('architecture', run.architecture, context),
    os: run.os,
    version: run.version,
    day: viewDay(run.date, context.asOf),
    result: viewResult(run, context),
    duration: run.duration,
    noteHtml: run.note === undefined ? '' : context.markdown(run.note, `run-${number}-`).html,
  }
}
