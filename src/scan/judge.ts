/** Sets what files name against what is known, and says so for each project and package. */
import { compareText, type Problem } from '#domain/problem.ts'
import type { Component } from './component.ts'
import { whatFilesSay } from './file-signs.ts'
import { groupsOf, type Group } from './groups.ts'
import { meaningOfWay, type Way } from './matching.ts'
import { sourceUntold } from './problems.ts'
import { purlText } from './purl.ts'
import type { Stack } from './read-stack.ts'
import type { Entry, Report, ReportedPackage, Verdict } from './report.ts'
import type { StackIndex } from './stack-index.ts'
import { verdictOfStatus } from './verdict.ts'

export function judge({ files, components, problems }: Stack, index: StackIndex, architecture: string): Report {
  const entries: Entry[] = []
  const others: ReportedPackage[] = []
  const unmatched: Group[] = []
  for (const group of groupsOf(components, index)) {
    const entry = judgeGroup(group, index, architecture)
    if (entry) entries.push(entry)
    else others.push(...oneOfEachName(group))
    if (!group.project) unmatched.push(group)
  }
  entries.sort(byUrgency)
  others.sort((a, b) => compareText(a.name.toLowerCase(), b.name.toLowerCase()) || compareText(a.file, b.file))
  const counts: Record<Verdict, number> = { ready: 0, caution: 0, blocked: 0, unknown: others.length }
  for (const { verdict } of entries) counts[verdict] += 1
  const groups = entries.length + others.length
  return {
    architecture,
    files,
    components: components.length,
    groups,
    counts,
    entries,
    others,
    problems: [...problems, ...sourcesUntold(unmatched)],
  }
}

/** One problem for each file: of packages that no project is known by, a project may be the source. */
function sourcesUntold(groups: readonly Group[]): Problem[] {
  const byFile = new Map<string, { line: number; name: string; more: number }>()
  for (const { packages } of groups) {
    for (const { component } of packages) {
      const { signs, file, line, name } = component
      if (signs?.isSourceUntold !== true) continue
      const known = byFile.get(file)
      if (known) known.more += 1
      else byFile.set(file, { line, name, more: 0 })
    }
  }
  return [...byFile].map(([file, { line, name, more }]) => sourceUntold(file, line, name, more))
}

/** Undefined where nothing is known and nothing in the files depends on the architecture. */
function judgeGroup(group: Group, index: StackIndex, architecture: string): Entry | undefined {
  const said = whatFilesSay(group, index, architecture)
  const packages = group.packages.map(({ component, way }) => reported(component, way))
  const builds = group.builds.map((component) => reported(component))
  if (!group.project) {
    if (said.reasons.length === 0) return undefined
    const verdict = said.isAgainst ? 'caution' : 'unknown'
    return { verdict, name: group.name, reasons: [...said.reasons, 'It is not in the catalog.'], packages, builds }
  }
  const { id, name } = group.project
  const status = group.project.statusOn(architecture)
  const { verdict, reason } = verdictOfStatus(status)
  return {
    verdict: said.isAgainst && (verdict === 'ready' || verdict === 'unknown') ? 'caution' : verdict,
    name,
    project: { id, support: status.support, basis: status.basis },
    reasons: said.isAgainst ? [...said.reasons, reason] : [reason, ...said.reasons],
    packages,
    builds,
  }
}

/** One place of each is enough where nothing is to be said about any. */
function oneOfEachName({ packages, builds }: Group): ReportedPackage[] {
  const byName = new Map<string, ReportedPackage>()
  for (const component of [...packages.map((one) => one.component), ...builds]) {
    const first = byName.get(component.name)
    if (first) first.components = (first.components ?? 1) + 1
    else byName.set(component.name, reported(component))
  }
  return [...byName.values()]
}

const order: readonly Verdict[] = ['blocked', 'caution', 'unknown', 'ready']

function byUrgency(a: Entry, b: Entry): number {
  return (
    order.indexOf(a.verdict) - order.indexOf(b.verdict) ||
    Number(b.project !== undefined) - Number(a.project !== undefined) ||
    compareText(a.name.toLowerCase(), b.name.toLowerCase()) ||
    compareText(a.name, b.name)
  )
}

function reported({ name, version, purl, file, line, scope }: Component, way: Way = 'same'): ReportedPackage {
  return {
    name,
    ...(version === undefined ? {} : { version }),
    ...(purl ? { purl: purlText(purl) } : {}),
    file,
    line,
    ...(scope === undefined ? {} : { scope }),
    ...(way === 'same' ? {} : { way: meaningOfWay[way] }),
  }
}
