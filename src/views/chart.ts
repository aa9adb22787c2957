/** A line chart as geometry: points and ticks in a box of fixed size, to be drawn as SVG. */
import { scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'

export interface ChartView {
  width: number
  height: number
  /** Where the values are. */
  dots: { x: number; y: number }[]
  /** Path of the averages; empty where there are fewer than two. */
  path: string
  /** Horizontal lines with their values. */
  ticks: { y: number; text: string }[]
  left: number
  right: number
  bottom: number
}

const box = { width: 400, height: 170, left: 72, right: 8, top: 12, bottom: 28 }

/**
 * Lays a series out. Values stand side by side in their order: runs are not evenly spread in time,
 * and what matters is whether the newest are higher.
 * @param label how a value of the axis is written
 */
export function layOutChart(
  values: readonly number[],
  averages: readonly number[],
  label: (value: number) => string,
): ChartView {
  const highest = Math.max(...values, ...averages, 0)
  const x = scaleLinear()
    .domain([0, Math.max(values.length - 1, 1)])
    .range([box.left + 8, box.width - box.right - 8])
  const y = scaleLinear()
    .domain([0, highest === 0 ? 1 : highest])
    .nice(3)
    .range([box.height - box.bottom, box.top])
  const path = line<number>(
    (_, index) => round(x(index)),
    (value) => round(y(value)),
  )
  return {
    width: box.width,
    height: box.height,
    dots: values.map((value, index) => ({ x: round(x(index)), y: round(y(value)) })),
    path: averages.length > 1 ? (path(averages) ?? '') : '',
    ticks: y.ticks(3).map((value) => ({ y: round(y(value)), text: label(value) })),
    left: box.left,
    right: box.width - box.right,
    bottom: box.height - box.bottom,
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
