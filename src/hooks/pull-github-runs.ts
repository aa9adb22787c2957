/** Which runs of GitHub Actions there are: of the workflows that are registered, in a time, however many they are. */
import type { Problem } from '#domain/problem.ts'
import { isTrustedRun, trustedEvents } from '#ingest/github-workflow-run.ts'
import { attemptOf, idOf, lineOf, listOf, mapOf, textOf, type JsonMap } from '#ingest/json-values.ts'
import type { CiRun, Home, RunList } from './pull-api.ts'
import { isFailure, type Failure } from './pull-client.ts'
import { pageLength, readList, type List, type Page } from './pull-pages.ts'
import { cut, maximumRuns, type Registration, type RepositoryPlan, type Slice } from './pull-plan.ts'
import { incompleteList, unknownWorkflow } from './pull-problems.ts'

/** GitHub lets nobody start a run again more often: https://docs.github.com/en/actions/reference/limits */
const maximumAttempts = 51
const maximumWorkflowPages = 5
/** More parts are no longer a list that somebody reads. */
const maximumSlices = 64

type AskPage = (page: number) => Promise<Page | Failure>

/** How the lists of one repository are asked for. */
export interface GithubLists {
  pages: (path: string, key: string, parameters: Readonly<Record<string, string | number>>) => AskPage
  addressOf: (path: string) => string
}

export async function listGithubRuns(
  lists: GithubLists,
  home: Home,
  plan: RepositoryPlan,
  { since, now }: { since: string; now: string },
): Promise<RunList | Failure> {
  const named = await workflowIds(lists.pages('/actions/workflows', 'workflows', {}), home, plan)
  if (isFailure(named)) return named
  const { idsOf, registrations, problems } = named
  const isEverywhere = registrations.some((registration) => idsOf(registration) === undefined)
  const workflows = new Set(registrations.flatMap((registration) => [...(idsOf(registration) ?? [])]))
  const paths = isEverywhere ? ['/actions/runs'] : [...workflows].map((id) => `/actions/workflows/${id}/runs`)
  const runs = new Map<string, JsonMap>()
  for (const path of paths) {
    const slices: Slice[] = [{ from: since, to: now }]
    for (let number = 0; number < slices.length; number += 1) {
      const slice = slices[number]
      if (!slice) continue
      const { from, to, event } = slice
      const parameters = { created: `${from}..${to}`, exclude_pull_requests: 'true', ...(event ? { event } : {}) }
      const list = await readRuns(lists.pages(path, 'workflow_runs', parameters), slice)
      if (isFailure(list)) return list
      const parts = number + 1 < maximumSlices ? cut(slice, list.total ?? 0, trustedEvents) : []
      slices.push(...parts)
      if (parts.length > 0) continue
      if (!list.isComplete) problems.push(incompleteList(lists.addressOf(path), list.items.length, list.total, true))
      for (const run of list.items) runs.set(idOf(run.id) ?? '', run)
    }
  }
  const newest = [...runs.values()].flatMap((run) => runOf(run, home, idsOf) ?? [])
  return { kind: 'runs', runs: newest.sort(byNewest), registrations, problems }
}

/** A list is read to its end only where it need not be cut. */
async function readRuns(askPage: AskPage, slice: Slice): Promise<List | Failure> {
  const first = await askPage(1)
  if (isFailure(first)) return first
  if (cut(slice, first.total ?? 0, trustedEvents).length > 0) {
    return { kind: 'list', items: [], total: first.total, isComplete: false }
  }
  let isFirst = true
  return await readList(async (page) => {
    if (page !== 1 || !isFirst) return await askPage(page)
    isFirst = false
    return first
  }, maximumRuns / pageLength)
}

interface Workflows {
  kind: 'workflows'
  /** Ids of the workflows that a registration names; undefined where it names none of this repository. */
  idsOf: (registration: Registration) => ReadonlySet<string> | undefined
  registrations: Registration[]
  problems: Problem[]
}

/**
 * Registrations name workflows as people do, by title or by file; runs name them by number, for their names may
 * be anything.
 */
async function workflowIds(askPage: AskPage, home: Home, plan: RepositoryPlan): Promise<Workflows | Failure> {
  const { registrations } = plan
  if (registrations.every(({ source }) => source.workflow === undefined)) {
    return { kind: 'workflows', idsOf: () => undefined, registrations, problems: [] }
  }
  const list = await readList(askPage, maximumWorkflowPages)
  if (isFailure(list)) return list
  const idsByName = new Map<string, Set<string>>()
  const titles = new Set<string>()
  for (const workflow of list.items) {
    const title = textOf(workflow.name) ?? ''
    const id = idOf(workflow.id) ?? ''
    // It becomes a part of a path.
    if (!/^\d+$/.test(id)) continue
    titles.add(title)
    for (const name of [title, ...filesOf(workflow, home)]) {
      idsByName.set(name, (idsByName.get(name) ?? new Set()).add(id))
    }
  }
  const isKnown = ({ source: { workflow } }: Registration) =>
    workflow === undefined || idsByName.has(workflow) || isElsewhere(workflow, home)
  return {
    kind: 'workflows',
    idsOf: ({ source }) => (source.workflow === undefined ? undefined : idsByName.get(source.workflow)),
    registrations: registrations.filter(isKnown),
    problems: registrations
      .filter((registration) => !isKnown(registration))
      .map((registration) =>
        unknownWorkflow({ ...plan, registrations: [registration] }, registration.source.workflow ?? '', [...titles]),
      ),
  }
}

/** What the file of a workflow, or of a run, is called: `.github/workflows/ci.yml`, with and without its repository. */
function filesOf({ path }: JsonMap, home: Home): string[] {
  const file = fileOf(path)
  return file === undefined ? [] : [file, `${home.name}/${file}`]
}

/** A path without what may stand behind it: `.github/workflows/ci.yml@main`. */
function fileOf(path: unknown): string | undefined {
  const file = lineOf(path)?.split('@')[0]
  return file === '' ? undefined : file
}

/** Whether a workflow is a file of another repository, which runs of this one may call. */
function isElsewhere(workflow: string, home: Home): boolean {
  return /^[\w.-]+\/[\w.-]+\/\.github\/workflows\/./.test(workflow) && !workflow.startsWith(`${home.name}/`)
}

/** @param idsOf ids of the workflows that a registration names; undefined where that does not matter */
export function runOf(run: JsonMap, home: Home, idsOf: Workflows['idsOf']): CiRun | undefined {
  const id = idOf(run.id)
  const own = mapOf(run.repository)
  const ref = lineOf(run.head_branch, 250) ?? ''
  if (id === undefined || (own && idOf(own.id) !== home.id)) return undefined
  // Old servers do not tell the attempt.
  const newest = run.run_attempt === undefined ? 1 : attemptOf(run.run_attempt)
  if (newest === undefined) return undefined
  const hasEnded = run.status === 'completed'
  const last = hasEnded ? newest : newest - 1
  const first = Math.max(1, last - maximumAttempts + 1)
  const workflow = idOf(run.workflow_id) ?? ''
  const called = listOf(run.referenced_workflows).flatMap((one) => fileOf(mapOf(one)?.path) ?? [])
  const names = [...filesOf(run, home), ...called]
  return {
    kind: 'run',
    id,
    names,
    attempts: Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index),
    hasEnded,
    isTrusted: isTrustedRun(run, { id: home.id }) && idOf(mapOf(run.head_repository)?.id) === home.id,
    ref,
    // Whoever can make a release can push a tag. A run does not tell a tag from a branch.
    isOnRelease: ref === home.defaultBranch || run.event === 'release' ? true : ref === '' ? false : undefined,
    mayHold: (registration) => {
      const { workflow: named } = registration.source
      const ids = idsOf(registration)
      if (ids) return ids.has(workflow)
      return named === undefined || !isElsewhere(named, home) || names.includes(named)
    },
    isProven: (registration, attempt, proof) => proof.lastEnd(registration.id, id, attempt) !== undefined,
  }
}

function byNewest(a: CiRun, b: CiRun): number {
  return b.id.length - a.id.length || (a.id < b.id ? 1 : -1)
}
