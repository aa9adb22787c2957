/**
 * What a run showed beside the claim that a cell rests on. The status has the day, the version and the source of
 * the claim, and the level of the run: whoever shows both says of each when it was.
 */
import { explainCell } from '#domain/cell.ts'
import type { Execution, Level } from '#domain/status-words.ts'
import { onDay } from './age.ts'
import type { ViewContext } from './context.ts'
import { addressOfLink } from './sources.ts'

export interface RunBeside {
  /** `claimed in 2017` */
  claimed: string
  /** `started under emulation on 21 November 2026` */
  words: string
  /** Day on which it ran: `2026-11-21`. */
  day: string
  version: string | undefined
  /** As the record has it, and as an address of this site. */
  link: string
  address: string
}

/** Undefined where a run decides the cell, or none showed anything. */
export function runBesideClaim(project: string, architecture: string, context: ViewContext): RunBeside | undefined {
  // Of most projects no run is known, and this is asked for every cell.
  if (!context.catalog.evidence.has(project)) return undefined
  const { status, verdict } = explainCell(context.catalog, project, architecture, context.asOf)
  const run = verdict.witnesses.find(({ outcome }) => outcome === 'passed')
  if (!run || status.level === undefined || status.witnesses.length > 0) return undefined
  const { level, execution, observedAt, version, link } = run
  const day = observedAt.slice(0, 10)
  const how = level === 'available' || execution === undefined ? '' : ` ${howExecuted[execution]}`
  return {
    claimed: `claimed in ${(status.observedAt ?? '').slice(0, 4)}`,
    words: `${doneAtLevel[level]}${how} ${onDay(day)}`,
    day,
    version,
    link,
    address: addressOfLink(link, context),
  }
}

/** `started under emulation on 21 November 2026, version 1.22.1` */
export function besideInWords({ words, version }: RunBeside): string {
  return version === undefined ? words : `${words}, version ${version}`
}

const doneAtLevel: Record<Level, string> = {
  available: 'found',
  builds: 'built',
  starts: 'started',
  tested: 'passed its tests',
}

const howExecuted: Record<Execution, string> = {
  native: 'natively',
  emulated: 'under emulation',
  cross: 'by a cross build',
}
