/** A badge in the languages that READMEs and pages are written in. */
import type { BadgeUseView } from '#views/badge-use.ts'
import { escapeHtml } from '#views/portable-html.ts'

export interface BadgeSnippet {
  format: string
  code: string
}

export function badgeSnippets({ badge, page, alternative }: BadgeUseView): BadgeSnippet[] {
  return [
    { format: 'Markdown', code: `[![${inMarkdown(alternative)}](${badge})](${page})` },
    {
      format: 'HTML',
      code: `<a href="${page}"><img src="${badge}" alt="${escapeHtml(alternative).replaceAll('"', '&quot;')}" height="20"></a>`,
    },
    {
      format: 'reStructuredText',
      code: `.. image:: ${badge}\n   :target: ${page}\n   :alt: ${alternative}`,
    },
    { format: 'AsciiDoc', code: `image:${badge}["${inAsciiDoc(alternative)}",link="${page}"]` },
  ]
}

/** Text between the brackets of a picture: no markup, no entity, and no end of it. */
function inMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>&!|~]/g, String.raw`\$&`)
}

/** Text of a quoted attribute; a bracket would end the macro, braces name attributes of the document. */
function inAsciiDoc(text: string): string {
  return text.replace(/["\]{]/g, String.raw`\$&`)
}
