/**
 * Runs that anybody can have started, with any code: their jobs do not count. They are kept beside the evidence, so that
 * every receiver of a store knows them, and one that is started anew. They are no evidence: nothing is derived from
 * them, and a copy of the evidence leaves them out.
 */

/** A run of a CI system, by the repository as its registration names it. */
export interface RunOfRepository {
  repository: string
  runId: string
}

export interface RefusedRun extends RunOfRepository {
  /** What started it: `pull_request`, `push of a fork`. */
  event: string
}

export interface RefusedRuns {
  /** Notes runs. When it returns, whoever asks any store of this place for them is told. */
  refuseRuns(runs: readonly RefusedRun[]): void | Promise<void>
  /** Those of some runs that are refused, whoever has noted them. */
  refusedAmong(runs: readonly RunOfRepository[]): readonly RefusedRun[] | Promise<readonly RefusedRun[]>
}

/** The same for every way to write a repository: capitals do not matter. */
export function runKeyOf({ repository, runId }: RunOfRepository): string {
  return JSON.stringify([repository.toLowerCase(), runId])
}

/** Refused runs by their keys. */
export type RefusedByKey = Map<string, RefusedRun>

export function refusedIn(refused: ReadonlyMap<string, RefusedRun>, runs: readonly RunOfRepository[]): RefusedRun[] {
  const keys = new Set(runs.map(runKeyOf))
  return [...keys].flatMap((key) => refused.get(key) ?? [])
}
