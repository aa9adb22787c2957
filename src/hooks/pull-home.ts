/** Whether the repository that answers is the one that is registered. Pure. */
import type { Problem } from '#domain/problem.ts'
import type { Home } from './pull-api.ts'
import type { Registration, RepositoryPlan } from './pull-plan.ts'
import { repositoryDiffers, repositoryRenamed } from './pull-problems.ts'

/** @returns the registrations that mean this repository, and what is wrong with the others */
export function settleHome(
  plan: RepositoryPlan,
  { id, name }: Home,
): { registrations: Registration[]; problems: Problem[] } {
  const hasName = name.toLowerCase() === plan.repository.toLowerCase()
  const isSame = ({ source }: Registration) => source.repositoryId === id
  const isOther = ({ source }: Registration) => source.repositoryId !== undefined && source.repositoryId !== id
  // Names are taken over by others; without a number a new name proves nothing.
  const isUnclear = ({ source }: Registration) => source.repositoryId === undefined && !hasName
  const { registrations } = plan
  const problems: Problem[] = []
  const others = registrations.filter(isOther)
  const unclear = registrations.filter(isUnclear)
  const [other] = others
  if (other) {
    problems.push(repositoryDiffers({ ...plan, registrations: others }, other.source.repositoryId ?? '', id))
  }
  if (unclear.length > 0) problems.push(repositoryRenamed({ ...plan, registrations: unclear }, name, id, false))
  const same = registrations.filter(isSame)
  if (same.length > 0 && !hasName) problems.push(repositoryRenamed({ ...plan, registrations: same }, name, id, true))
  return {
    registrations: registrations.filter((registration) => !isOther(registration) && !isUnclear(registration)),
    problems,
  }
}
