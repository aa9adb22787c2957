/** A report as Markdown, for a ticket or a pull request. Names are strangers' text: they stand in code, or escaped. */
import { shown } from './problems.ts'
import { meaningOfVerdict, verdicts, type Entry, type Report } from './report.ts'
import type { ReportContext } from './report-json.ts'
import { counted, figuresOf } from './report-words.ts'

export function markdownOfReport(report: Report, context: ReportContext): string {
  const { architecture, files, components, counts, entries, others, problems } = report
  const names = files.map(({ name }) => code(name)).join(', ')
  const lines = [
    `# ${escaped(architecture)}: ${counted(components, 'component')} of ${names === '' ? 'a shared report' : names}`,
    '',
    escaped(figuresOf(report)),
    '',
    `With the matrix of ${context.asOf.slice(0, 10)}.`,
    '',
    '| Verdict | Entries | It means that something… |',
    '| --- | ---: | --- |',
    ...verdicts.map((verdict) => `| ${verdict} | ${counts[verdict]} | ${meaningOfVerdict[verdict]} |`),
    '',
  ]
  if (entries.length > 0) {
    lines.push(
      '| Verdict | Project or package | Versions | Why |',
      '| --- | --- | --- | --- |',
      ...entries.map((entry) => row(entry, architecture, context)),
      '',
    )
  }
  if (others.length > 0) {
    lines.push(
      `Not in the catalog, and nothing in the files shows that they depend on the architecture: ${counted(others.length, 'package')}.`,
      '',
    )
  }
  if (problems.length > 0) {
    lines.push(
      'What could not be read:',
      '',
      ...problems.map(({ place, reason }) => `- ${code(`${place.file}:${place.line}`)} ${prose(reason)}`),
      '',
    )
  }
  return lines.join('\n')
}

function row(
  { verdict, name, project, packages, reasons }: Entry,
  architecture: string,
  context: ReportContext,
): string {
  const versions = [...new Set(packages.flatMap(({ version }) => version ?? []))]
  const shownVersions =
    versions.slice(0, 5).map(code).join(' ') + (versions.length > 5 ? ` and ${versions.length - 5} more` : '')
  const what = project ? `[${escaped(shown(name, 120))}](${context.linkTo(project.id, architecture)})` : code(name)
  return `| ${verdict} | ${what} | ${shownVersions} | ${prose(reasons.join(' '))} |`
}

function code(text: string): string {
  return `\`${shown(text, 120).replaceAll('|', '\\|')}\``
}

/** Sentences quote strangers' text between backticks, and what stands there holds none. */
function prose(text: string): string {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? code(part) : escaped(part)))
    .join('')
}

function escaped(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|#&~]/g, '\\$&')
}
