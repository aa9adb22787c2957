/** A project's page as Markdown, for programs and people who read text. */
import type { ProjectTextView } from '#views/project-text.ts'
import { codeSpan, escapeMarkdown, link } from './markdown.ts'

export function serializeProjectText(view: ProjectTextView): string {
  const blocks = [
    `# ${escapeMarkdown(view.name)}`,
    escapeMarkdown(view.summary),
    factsOf(view),
    '## Where it works',
    ...statusesOf(view),
    ...(view.claims.length > 0 ? ['## What sources say', view.claims.map(claimOf).join('\n')] : []),
    ...(view.body === '' ? [] : ['## What to know when porting', view.body]),
  ]
  return `${blocks.join('\n\n')}\n`
}

function factsOf(view: ProjectTextView): string {
  return [
    `- Home page: <${view.homepage}>`,
    ...(view.repository === undefined ? [] : [`- Sources: <${view.repository}>`]),
    ...view.facts.map(
      ({ name, words, isCode }) => `- ${name}: ${words.map(isCode ? codeSpan : escapeMarkdown).join(', ')}`,
    ),
    ...view.related.map(
      ({ name, links }) => `- ${name}: ${links.map(({ label, address }) => link(label, address)).join(', ')}`,
    ),
    `- State of: ${view.asOf}`,
    `- This page: <${view.page}>`,
    `- As data: <${view.data}>`,
    `- What the words mean: <${view.words}>`,
  ].join('\n')
}

const columns = ['Architecture', 'Support', 'Basis', 'Proven', 'Version', 'As of', 'Source']

function statusesOf({ name, statuses, unknown }: ProjectTextView): string[] {
  const others = unknown.map(codeSpan).join(', ')
  if (statuses.length === 0) {
    return [`Nothing is recorded about ${escapeMarkdown(name)} on any architecture: nobody has looked yet.`]
  }
  const rows = statuses.map((status) => [
    status.architecture,
    status.label,
    status.basis,
    escapeMarkdown(status.proven) + (status.provenBy === undefined ? '' : `, ${inTable(`<${status.provenBy}>`)}`),
    escapeMarkdown(status.version),
    `${status.observed}${status.isBesideRun ? ', the claim' : ''}`,
    status.link === undefined ? '' : inTable(`<${status.link}>`),
  ])
  const table = [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
  const reasons = statuses
    .map(({ architecture, reasons }) => `- ${architecture}: ${reasons.map(escapeMarkdown).join(' ')}`)
    .join('\n')
  return [table, ...(unknown.length > 0 ? [`Nothing is recorded on ${others}.`] : []), reasons]
}

function claimOf({
  date,
  architectures,
  label,
  limits,
  by,
  link: address,
  note,
}: ProjectTextView['claims'][number]): string {
  const said = [
    `${date}: ${label} on ${architectures.join(', ')}`,
    ...limits.map(escapeMarkdown),
    ...(by === undefined ? [] : [`by ${escapeMarkdown(by)}`]),
    `<${address}>`,
  ].join(', ')
  // What is indented belongs to the entry of the list.
  return `- ${said}${note === undefined ? '' : `\n\n${indented(note)}`}`
}

function indented(text: string): string {
  return text.trim().replace(/^(?=.)/gm, '  ')
}

/** A line of a table ends its cells at every `|`, also in an address. */
function inTable(text: string): string {
  return text.replaceAll('|', '%7C')
}
