/** A report for programs. */
import type { Entry, Report } from './report.ts'

/** Where a report stands: its day, and where a cell of the matrix is. */
export interface ReportContext {
  /** The instant of the matrix that it was made with, ISO, UTC. */
  asOf: string
  linkTo: (project: string, architecture: string) => string
}

export function serializeReport(report: Report, { asOf, linkTo }: ReportContext): string {
  const { architecture, files, components, groups, counts, entries, others, problems } = report
  const withLink = ({ verdict, name, project, ...rest }: Entry) => ({
    verdict,
    name,
    ...(project ? { project: { ...project, link: linkTo(project.id, architecture) } } : {}),
    ...rest,
  })
  const whole = {
    schema: 'stack-report@1',
    architecture,
    asOf,
    counts,
    groups,
    components,
    files,
    entries: entries.map(withLink),
    others,
    problems,
  }
  return `${JSON.stringify(whole, null, 2)}\n`
}
