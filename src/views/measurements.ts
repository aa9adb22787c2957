/** Measured values over time: how long a build or a benchmark took, by architecture. */
import { isRun } from '#domain/evidence.ts'
import { compareText } from '#domain/problem.ts'
import type { ViewContext } from './context.ts'
import { viewSource } from './sources.ts'
import { dayInWords } from './words.ts'

export interface MeasurementView {
  day: string
  date: string
  version: string | undefined
  value: number
  /** The value with its unit, for people: `1 h 38 min`, `1 min 35 s`, `1,234 ops/s`. */
  text: string
  /** Mean of this and up to four earlier values; the line of the chart. */
  average: number
  averageText: string
  link: string
}

export interface MeasurementSeries {
  /** What was measured: `build time`. */
  name: string
  unit: string
  architecture: string
  points: MeasurementView[]
  /** The whole series in a sentence, instead of the picture. */
  summary: string
}

const averagedPoints = 5

/** Every measured value of passed runs of a project, a series for each metric and architecture, the oldest value first. */
export function viewMeasurements(project: string, context: ViewContext): MeasurementSeries[] {
  const runs = (context.catalog.evidence.get(project) ?? [])
    .filter(isRun)
    .filter(({ outcome, observedAt }) => outcome === 'passed' && observedAt <= context.asOf)
  const measured = runs.flatMap((run) => (run.metrics ?? []).map((metric) => ({ run, metric })))
  const bySeries = Map.groupBy(measured, ({ run, metric }) =>
    JSON.stringify([metric.name, metric.unit, run.architecture]),
  )
  return [...bySeries]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([, points]) => {
      const [first] = points
      if (!first) return []
      const { name, unit } = first.metric
      const ordered = [...points].sort(
        (a, b) => compareText(a.run.observedAt, b.run.observedAt) || compareText(a.run.id, b.run.id),
      )
      const views = ordered.map(({ run, metric }, index): MeasurementView => {
        const window = ordered.slice(Math.max(0, index - averagedPoints + 1), index + 1)
        const average = window.reduce((sum, point) => sum + point.metric.value, 0) / window.length
        return {
          day: run.observedAt.slice(0, 10),
          date: dayInWords(run.observedAt.slice(0, 10)),
          version: run.version,
          value: metric.value,
          text: valueInWords(metric.value, unit),
          average,
          averageText: valueInWords(average, unit),
          link: viewSource(run.link, context).address,
        }
      })
      const { architecture } = first.run
      return [{ name, unit, architecture, points: views, summary: summarize(name, architecture, views) }]
    })
}

function summarize(name: string, architecture: string, points: readonly MeasurementView[]): string {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) return ''
  if (points.length === 1) return `${capitalized(name)} on ${architecture}: ${first.text}, measured on ${first.date}.`
  return `${capitalized(name)} on ${architecture}: ${points.length} measurements, from ${first.text} on ${first.date} to ${last.text} on ${last.date}.`
}

/** A value for people. Seconds become minutes and hours; all else keeps its unit. */
export function valueInWords(value: number, unit: string): string {
  if (unit === 's' && value >= 3600) return parts(Math.round(value / 60), 'h', 'min')
  if (unit === 's' && value >= 60) return parts(Math.round(value), 'min', 's')
  const rounded = value >= 100 ? Math.round(value) : Number(value.toPrecision(3))
  return `${groupedDigits(rounded)} ${unit}`
}

/** Sixties in two units, without a zero: `1 h 38 min`, `20 min`. */
function parts(count: number, large: string, small: string): string {
  const rest = count % 60
  return `${Math.floor(count / 60)} ${large}${rest === 0 ? '' : ` ${rest} ${small}`}`
}

/** `1,234,567`: the same on every machine. */
function groupedDigits(value: number): string {
  const [whole = '', fraction] = String(value).split('.')
  const grouped = /e/.test(whole) ? whole : whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
