/**
 * A report as a table for spreadsheets: one row for each package. Its last columns say which entry it belongs to,
 * and how many components of the files it stands for, so that both can be counted. https://www.rfc-editor.org/rfc/rfc4180
 */
import type { Report, ReportedPackage } from './report.ts'
import type { ReportContext } from './report-json.ts'

const columns = [
  'verdict',
  'project',
  'support',
  'basis',
  'package',
  'version',
  'purl',
  'file',
  'line',
  'reasons',
  'link',
  'entry',
  'components',
] as const
type Row = Partial<Record<(typeof columns)[number], string>>

export function csvOfReport({ architecture, entries, others }: Report, { linkTo }: ReportContext): string {
  const rows: Row[] = []
  for (const [number, { verdict, project, reasons, packages, builds }] of entries.entries()) {
    const listed = packages.length > 0 ? packages : builds.slice(0, 1)
    const folded = packages.length + builds.length - listed.length
    for (const [at, found] of listed.entries()) {
      rows.push({
        verdict,
        ...(project
          ? {
              project: project.id,
              support: project.support,
              basis: project.basis,
              link: linkTo(project.id, architecture),
            }
          : {}),
        ...cellsOf(found),
        reasons: reasons.join(' '),
        entry: String(number + 1),
        components: String(at === 0 ? 1 + folded : 1),
      })
    }
  }
  for (const [number, found] of others.entries()) {
    rows.push({
      verdict: 'unknown',
      ...cellsOf(found),
      reasons: 'It is not in the catalog.',
      entry: String(entries.length + number + 1),
      components: String(found.components ?? 1),
    })
  }
  return [columns.join(','), ...rows.map((row) => columns.map((column) => cell(row[column] ?? '')).join(',')), ''].join(
    '\r\n',
  )
}

function cellsOf({ name, version = '', purl = '', file, line }: ReportedPackage): Row {
  return { package: name, version, purl, file, line: String(line) }
}

/** A spreadsheet runs what begins like a formula: https://owasp.org/www-community/attacks/CSV_Injection */
function cell(value: string): string {
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
