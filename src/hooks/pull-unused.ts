/** Registrations for which much was asked and no job was found: it is called otherwise, or reports itself. */
import { isRun } from '#domain/evidence.ts'
import { matchesJob } from '#domain/source.ts'
import type { Problem } from '#domain/problem.ts'
import { shownValue } from '#ingest/problems.ts'
import type { Registration } from './pull-plan.ts'
import type { Pulling } from './pull-reading.ts'

/** In how many attempts the job of each registration was looked for. */
export class JobSearch {
  private readonly inVain = new Map<Registration, number>()
  private readonly found = new Set<Registration>()

  /** @param names names of all jobs of an attempt */
  note(registration: Registration, names: readonly string[]): void {
    if (names.some((name) => matchesJob(registration.source.job, name))) this.found.add(registration)
    this.inVain.set(registration, (this.inVain.get(registration) ?? 0) + 1)
  }

  /** @param calls how many calls of the API it took */
  problems({ evidence, projectOf }: Pick<Pulling, 'evidence' | 'projectOf'>, calls: number): Problem[] {
    return [...this.inVain].flatMap(([registration, attempts]) => {
      if (this.found.has(registration)) return []
      const { id, source } = registration
      const records = (evidence.get(projectOf(source.project) ?? '') ?? []).filter(isRun)
      const ways = new Set(records.flatMap(({ provenance: { how, by } }) => (by === id ? how : [])))
      // What was read before has its job. What reports itself is not looked for in vain at a price, in one workflow.
      const isFine = ways.has('pulled') || (ways.has('received') && source.workflow !== undefined)
      return isFine ? [] : [unused(registration, attempts, calls)]
    })
  }
}

function unused({ id, source: { job, workflow } }: Registration, attempts: number, calls: number): Problem {
  const others = workflow === undefined ? '; name its `workflow`, so that the runs of others are not read' : ''
  return {
    code: 'registration-unused',
    severity: 'warning',
    place: { file: `sources/${id}.yml`, line: 1, column: 1 },
    reason: `Unexpected job \`${shownValue(job)}\`, expected the name of a job in one of the ${attempts} attempts that were read; ${calls} calls were made for its repository.`,
    expected: 'the full name of a job, as the page of a run has it',
    actual: shownValue(job),
    fix: `compare it with the page of a run; where the job reports itself under a name of its own, \`pull\` cannot find it, and nothing is missing${others}`,
  }
}
