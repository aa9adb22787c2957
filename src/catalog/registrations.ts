/** Registrations against each other and against what came through them. */
import { isRun } from '#domain/evidence.ts'
import { matchesJob, patternsOverlap, type Source } from '#domain/source.ts'
import type { Problem } from '#domain/problem.ts'
import type { LocatedCatalog, LocatedEntry } from './catalog.ts'
import { unexpected } from './problems.ts'
import { placeOfValue } from './validate.ts'
import { parsePositionedYaml } from './yaml.ts'

/** A job that two registrations mean counts for neither; one that no record came through may be misspelt. */
export function checkRegistrations({ source, evidence }: LocatedCatalog, problems: Problem[]): void {
  const entries = [...source.values()]
  for (const ofRepository of Map.groupBy(entries, ({ data }) => data.provider).values()) {
    ofRepository.forEach((entry, index) => {
      const other = ofRepository.slice(0, index).find((earlier) => canMeanOneJob(earlier.data, entry.data))
      if (!other) return
      problems.push(
        unexpected(
          'registration-overlaps',
          placeOfJob(entry),
          'job',
          entry.data.job,
          `a job that no other registration means: \`${other.file}\` can mean it too, by \`${other.data.job}\``,
          'make one of the two patterns more exact',
        ),
      )
    })
  }
  const records = [...evidence.values()].flat().filter(isRun)
  const used = new Set(records.flatMap(({ provenance }) => provenance.by ?? []))
  for (const entry of entries) {
    const { provider, job } = entry.data
    if (used.has(entry.id)) continue
    const ofRepository = records.filter(({ source }) => source.provider === provider && isOf(entry.data, source))
    // Before the first result of a repository nobody can tell a misspelt job from a new one.
    if (ofRepository.length === 0 || ofRepository.some(({ source }) => matchesJob(job, source.job ?? ''))) continue
    problems.push({
      ...unexpected(
        'registration-unused',
        placeOfJob(entry),
        'job',
        job,
        'the full name of a job: results of its repository have come, and none of this job',
        'send a result of it; where one came and was ignored, compare the name with the job on the page of its run',
      ),
      severity: 'warning',
    })
  }
}

function canMeanOneJob(a: Source, b: Source): boolean {
  if (!isOf(a, b)) return false
  if (a.workflow !== undefined && b.workflow !== undefined && a.workflow !== b.workflow) return false
  return patternsOverlap(a.job, b.job)
}

interface Repository {
  repository?: string | undefined
  repositoryId?: string | undefined
}

function isOf(a: Repository, b: Repository): boolean {
  if (a.repositoryId !== undefined && b.repositoryId !== undefined) return a.repositoryId === b.repositoryId
  return a.repository?.toLowerCase() === b.repository?.toLowerCase()
}

function placeOfJob(entry: LocatedEntry<Source>) {
  return placeOfValue(entry.source, parsePositionedYaml(entry.source.text), ['job'])
}
