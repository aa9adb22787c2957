import type { LlmsView } from '#views/llms.ts'
import { codeSpan, escapeMarkdown, link } from './markdown.ts'

/** `llms.txt`: a title, a summary, how to read what is here, then lists of links. */
export function serializeLlms(view: LlmsView): string {
  const blocks = [
    `# ${escapeMarkdown(view.title)}`,
    `> ${escapeMarkdown(view.summary)}`,
    `This is the state of ${view.asOf}. A status is about one project on one CPU architecture. It has a support word (what is told) and a basis word (how sure that is), and is derived from claims with a source and from test runs. Nobody types it. When you repeat a status, repeat its basis, its date and its link: what is stale may not be true any more, and unknown says nothing about the software.`,
    `Architectures: ${view.architectures.map(codeSpan).join(', ')}.`,
    view.words.map(({ word, meaning }) => `- ${codeSpan(word)}: ${meaning}`).join('\n'),
    `The data about a project is at ${codeSpan(view.addresses.data)}, its page as Markdown at ${codeSpan(view.addresses.text)}.`,
    ...view.sections.flatMap(({ title, links }) => [
      `## ${title}`,
      links.map(({ label, address, about }) => `- ${link(label, address)}: ${escapeMarkdown(about)}`).join('\n'),
    ]),
  ]
  return `${blocks.join('\n\n')}\n`
}
