/** `check` of our content: from nothing, once more, and after one file has changed. */
import { deleteFolders } from '../build-caches.ts'
import { writeProject } from './content-formats.ts'
import { changeProject } from './facts.ts'
import type { CheckSample } from './results.ts'
import type { Plan } from './scenarios.ts'
import { ourCheck, type Side } from './sides.ts'

/** @param plan  whose facts follow the edits */
export async function measureChecks(
  side: Side,
  { facts, runs, run, tell }: Pick<Plan, 'facts' | 'runs' | 'run' | 'tell'>,
): Promise<CheckSample[]> {
  const samples: CheckSample[] = []
  const command = ourCheck(side)
  const measure = async (kind: CheckSample['kind']) => {
    const cost = await run(command)
    samples.push({ kind, ...cost })
    tell(`check ${kind}: ${cost.wallSeconds.toFixed(2)} s`)
  }
  for (let count = 0; count < runs; count += 1) {
    deleteFolders(side.caches)
    await measure('cold')
    await measure('nothing')
    const index = (count * 7919) % facts.projects.length
    const project = facts.projects[index]
    if (project === undefined) throw new Error('There is no project to change.')
    facts.projects[index] = changeProject(project, 100 + count)
    writeProject(side.format, facts.projects[index], side.content)
    await measure('changed')
  }
  return samples
}
