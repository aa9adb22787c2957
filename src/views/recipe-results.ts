/** What the newest runs of a recipe have shown, for each architecture. */
import type { Entry } from '#domain/catalog.ts'
import { isRetraction, isRun, type Evidence } from '#domain/evidence.ts'
import { compareRecords } from '#domain/evidence-text.ts'
import type { Recipe, TestedOn } from '#domain/recipe.ts'
import { levelWords, type Execution, type Outcome } from '#domain/status-words.ts'
import { isDefinitive } from '#domain/streams.ts'
import { viewDay, type DayView } from './age.ts'
import { inColumnOrder } from './architecture-index.ts'
import type { ViewContext } from './context.ts'
import { linkTo, type LinkView } from './links.ts'
import { countsInWords, labelOfOutcome, nounOfLevel, pagesOf, labelOfExecution } from './runs.ts'
import { viewSource } from './sources.ts'

/** What the newest run on an architecture came to, in the words of `testedOn`. */
export interface Trial {
  architecture: string
  result: TestedOn['result']
  execution: Execution
  date: string
}

/** What runs came to, where they came to anything. */
export function trialsOf(recipe: Entry<Recipe>, context: ViewContext): Trial[] {
  return [...newestRuns(recipe, context)].flatMap(([architecture, records]) => {
    const telling = records.filter(isDefinitive)
    const decisive = telling.find(({ outcome }) => outcome === 'failed') ?? telling.at(-1)
    if (!decisive) return []
    const { outcome, level, execution = 'native', observedAt } = decisive
    const result = outcome === 'failed' ? 'fails' : level === 'builds' ? 'builds' : 'works'
    return { architecture, result, execution, date: observedAt.slice(0, 10) }
  })
}

export interface ResultView {
  architecture: LinkView
  levels: { level: string; outcome: Outcome; outcomeLabel: string; how: string; counts: string }[]
  /** `up to 64 KiB` */
  pages: string
  version: string | undefined
  day: DayView
  log: LinkView
}

export function viewResults(recipe: Entry<Recipe>, context: ViewContext): ResultView[] {
  const byArchitecture = newestRuns(recipe, context)
  return inColumnOrder([...byArchitecture.keys()], context).flatMap((id) => {
    const records = byArchitecture.get(id) ?? []
    const last = records.at(-1)
    if (!last) return []
    return {
      architecture: linkTo('architecture', id, context),
      levels: records.map(({ level, outcome, execution, counts }) => ({
        level: nounOfLevel[level],
        outcome,
        outcomeLabel: labelOfOutcome[outcome],
        how: execution === undefined ? '' : labelOfExecution[execution],
        counts: countsInWords(counts),
      })),
      pages: pagesOf(last),
      version: last.version,
      day: viewDay(last.observedAt.slice(0, 10), context.asOf),
      log: viewSource(last.link, context),
    }
  })
}

/** The records of the newest run on each architecture, by level. */
function newestRuns({ id, data }: Entry<Recipe>, { catalog, asOf }: ViewContext): Map<string, Evidence[]> {
  const all = data.proves ? (catalog.evidence.get(data.proves.project) ?? []) : []
  const retracted = new Set(all.filter(isRetraction).map(({ retracts }) => retracts))
  const ofRecipe = all
    .filter(isRun)
    .filter(({ source }) => source.provider === 'recipe' && source.repository === id)
    .filter((record) => record.observedAt <= asOf && !retracted.has(record.id))
    .sort(compareRecords)
  const newest = new Map<string, Evidence[]>()
  for (const [architecture, records] of Map.groupBy(ofRecipe, (record) => record.architecture)) {
    const run = records.at(-1)?.run.id
    const byLevel = (a: Evidence, b: Evidence) => levelWords.indexOf(a.level) - levelWords.indexOf(b.level)
    newest.set(architecture, records.filter((record) => record.run.id === run).sort(byLevel))
  }
  return newest
}
