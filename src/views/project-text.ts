/** A project's page as plain data for its Markdown twin: what the page says, without its frame. */
import type { Entry } from '#domain/catalog.ts'
import { knownClaims } from '#domain/derive.ts'
import type { Project } from '#domain/project.ts'
import { fullLink } from './api-cell.ts'
import type { ViewContext } from './context.ts'
import { limitsOf } from './known.ts'
import { languageInWords } from './languages.ts'
import { statusOf, viewColumns } from './matrix.ts'
import { besideInWords, runBesideClaim } from './run-beside.ts'
import { provenInWords } from './runs.ts'
import { labelOfBasis, labelOfSupport } from './words.ts'

export interface ProjectTextView {
  name: string
  summary: string
  /** Day of the clock. */
  asOf: string
  /** With their hosts. */
  page: string
  data: string
  words: string
  homepage: string
  repository: string | undefined
  /** Names and words; each fact has at least one. */
  facts: { name: string; words: string[]; isCode: boolean }[]
  related: { name: string; links: { label: string; address: string }[] }[]
  statuses: {
    architecture: string
    label: string
    basis: string
    /** Where a claim decides it is what a run showed beside it, with the day of the run. */
    proven: string
    /** Where that can be checked. */
    provenBy: string | undefined
    version: string
    observed: string
    /** Whether what was observed is a claim, and a run stands beside it. */
    isBesideRun: boolean
    link: string | undefined
    reasons: string[]
  }[]
  /** Architectures of which nothing is known. */
  unknown: string[]
  claims: {
    date: string
    architectures: string[]
    label: string
    limits: string[]
    by: string | undefined
    link: string
    /** Markdown. */
    note: string | undefined
  }[]
  /** Markdown. */
  body: string
}

/** @param portable makes Markdown of this site Markdown for anywhere */
export function viewProjectText(
  project: Entry<Project>,
  context: ViewContext,
  portable: (markdown: string) => string,
): ProjectTextView {
  const { catalog, absoluteAddressOf } = context
  const { id, data, body } = project
  const statuses = viewColumns(context).map((column) => ({
    id: column.id,
    status: statusOf(project, column.id, context),
  }))
  const pages = (kind: 'notes' | 'recipes', titleOf: (id: string) => string) =>
    data[kind].map((one) => ({ label: titleOf(one), address: absoluteAddressOf(`/${kind}/${one}/`) }))
  const projects = (ids: readonly string[]) =>
    ids.map((one) => ({
      label: catalog.project.get(one)?.data.name ?? one,
      address: absoluteAddressOf(`/projects/${one}/`),
    }))
  return {
    name: data.name,
    summary: data.summary,
    asOf: context.asOf.slice(0, 10),
    page: absoluteAddressOf(`/projects/${id}/`),
    data: absoluteAddressOf(`/api/v1/projects/${id}.json`),
    words: absoluteAddressOf('/status-words/'),
    homepage: data.homepage,
    repository: data.repository,
    facts: [
      {
        name: 'Categories',
        words: data.categories.map((one) => catalog.categories.get(one)?.name ?? one),
        isCode: false,
      },
      { name: 'Written in', words: data.languages.map(languageInWords), isCode: false },
      { name: 'Also called', words: data.aliases, isCode: false },
      { name: 'Package URLs', words: data.identifiers, isCode: true },
    ].filter(({ words }) => words.length > 0),
    related: [
      { name: 'Portability notes', links: pages('notes', (one) => catalog.note.get(one)?.data.title ?? one) },
      { name: 'Recipes', links: pages('recipes', (one) => catalog.recipe.get(one)?.data.title ?? one) },
      { name: 'Waits for a port of', links: projects(data.blockedBy) },
      { name: 'Alternatives', links: projects(data.alternatives) },
    ].filter(({ links }) => links.length > 0),
    statuses: statuses
      .filter(({ status }) => status.basis !== 'none')
      .map(({ id: architecture, status }) => {
        const beside = runBesideClaim(id, architecture, context)
        return {
          architecture,
          label: labelOfSupport[status.support],
          basis: labelOfBasis[status.basis],
          proven: beside ? besideInWords(beside) : (provenInWords(status.level, status.execution) ?? ''),
          provenBy: beside && fullLink(beside.link, context),
          version: status.version ?? '',
          observed: status.observedAt?.slice(0, 10) ?? '',
          isBesideRun: beside !== undefined,
          link: status.link === undefined ? undefined : fullLink(status.link, context),
          reasons: status.reasons,
        }
      }),
    unknown: statuses.filter(({ status }) => status.basis === 'none').map(({ id: architecture }) => architecture),
    claims: knownClaims(data.claims, context.asOf).map((claim) => ({
      date: claim.date,
      architectures: claim.architectures,
      label: labelOfSupport[claim.support],
      limits: limitsOf(claim),
      by: claim.by === undefined ? undefined : (catalog.people.get(claim.by)?.name ?? claim.by),
      link: fullLink(claim.link, context),
      note: claim.note === undefined ? undefined : portable(claim.note),
    })),
    body: portable(body).trim(),
  }
}
