import type { Adapter } from './adapter.ts'
import { adaptJob } from './github-common.ts'
import { adaptEach, adaptList, listOf, mapOf, spotWithin, startsWith, type JsonMap } from './json-values.ts'

/**
 * The jobs of a run: `GET /repos/{owner}/{repo}/actions/runs/{id}/jobs`, its `--paginate`d pages,
 * single jobs, or a list of them. They do not tell what started the run: whoever fetches them knows.
 */
export const githubJobs: Adapter = {
  name: 'github-jobs',
  title: 'GitHub Actions: jobs of a run (REST), or one job',
  recognises: (document) => startsWith(document, (map) => isPage(map) || isJob(map)),
  adapt: (document) =>
    adaptEach(document, 'job', (map, spot, adapted) => {
      if (Array.isArray(map.jobs)) adaptList(map.jobs, spotWithin(spot, 'jobs'), adapted, adaptJob)
      else adaptJob(map, spot, adapted)
    }),
}

function isPage({ jobs, total_count: total }: JsonMap): boolean {
  return Array.isArray(jobs) && (typeof total === 'number' || listOf(jobs).some((job) => isJob(mapOf(job) ?? {})))
}

function isJob(map: JsonMap): boolean {
  return 'run_id' in map && 'conclusion' in map && ('steps' in map || 'labels' in map || 'run_url' in map)
}
