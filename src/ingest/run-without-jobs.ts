import type { DocumentProblem, Spot } from './adapter.ts'
import { shownValue } from './problems.ts'

/** The end of a whole run: it says nothing about one architecture, and hides failures that are tolerated. */
export function runWithoutJobs(spot: Spot, run: string, fix: string): DocumentProblem {
  const shown = shownValue(run)
  return {
    code: 'run-without-jobs',
    severity: 'warning',
    spot,
    reason: `Unexpected end of the whole run \`${shown}\`, expected its jobs: only a job ran on one architecture.`,
    expected: 'the jobs of the run',
    actual: shown,
    fix,
  }
}
