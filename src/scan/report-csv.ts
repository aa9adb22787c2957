/** A report as a table for spreadsheets: one row for each package. https://www.rfc-editor.org/rfc/rfc4180 */
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
] as const
type Row = Partial<Record<(typeof columns)[number], string>>

export function csvOfReport({ architecture, entries, others }: Report, { linkTo }: ReportContext): string {
  const rows: Row[] = []
  for (const { verdict, project, reasons, packages, builds } of entries) {
    for (const found of packages.length > 0 ? packages : builds.slice(0, 1)) {
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
      })
    }
  }
  for (const found of others) {
    rows.push({ verdict: 'unknown', ...cellsOf(found), reasons: 'It is not in the catalog.' })
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
