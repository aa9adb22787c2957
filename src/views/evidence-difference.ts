/** Records of runs that one content has and another has not: commands write them, so somebody has to see that they come. */
import type { Catalog } from '#domain/catalog.ts'
import { isRetraction, isRun, type Evidence } from '#domain/evidence.ts'
import { compareText } from '#domain/problem.ts'

/** Records that say the same of one cell, and came in the same way. */
export interface RecordsOfDifference {
  project: string
  architecture: string
  level: Evidence['level']
  outcome: Evidence['outcome']
  how: Evidence['provenance']['how']
  count: number
  /** Page of the newest run. */
  link: string
}

export interface EvidenceDifference {
  records: RecordsOfDifference[]
  /** How many records of a project others take back. */
  retractions: { project: string; count: number }[]
}

export function differenceOfEvidence(before: Catalog, after: Catalog): EvidenceDifference {
  const known = new Set([...before.evidence.values()].flat().map((record) => JSON.stringify(record)))
  const added = [...after.evidence].flatMap(([project, records]) =>
    records.filter((record) => !known.has(JSON.stringify(record))).map((record) => ({ project, record })),
  )
  const runs = added.flatMap(({ project, record }) => (isRun(record) ? [{ project, run: record }] : []))
  const groups = Map.groupBy(runs, ({ project, run }) =>
    JSON.stringify([project, run.architecture, run.level, run.outcome, run.provenance.how]),
  )
  const retracted = Map.groupBy(
    added.filter(({ record }) => isRetraction(record)),
    ({ project }) => project,
  )
  return {
    records: [...groups]
      .sort(([a], [b]) => compareText(a, b))
      .flatMap(([, group]) => {
        const [newest] = group.sort((a, b) => compareText(b.run.observedAt, a.run.observedAt))
        if (!newest) return []
        const { architecture, level, outcome, provenance, link } = newest.run
        return { project: newest.project, architecture, level, outcome, how: provenance.how, count: group.length, link }
      }),
    retractions: [...retracted]
      .map(([project, of]) => ({ project, count: of.length }))
      .sort((a, b) => compareText(a.project, b.project)),
  }
}
