/**
 * The HTML of a mail: one column without tables for layout, which asks no host for anything but pictures of the site. What a
 * program does not keep it can lose: no meaning rests on a style.
 */
import juice from 'juice'
import type { MailCorrectionView, MailSectionView, MailView } from '#views/mail.ts'
import { escapeHtml, withoutMergeTags } from '#views/portable-html.ts'
import type { Flavour } from '#domain/mail.ts'
import { fitMail, type MailHtml } from './mail-budget.ts'
import { inlinedFor, kept } from './mail-style.ts'
import { readable } from './readable.ts'

/** @param flavour  the tags of the service that sends it; without one the addresses are those of site.yml */
export function serializeMailHtml(view: MailView, flavour?: Flavour): MailHtml {
  return fitMail(readable(view), (fitted) => {
    const html = documentOf(fitted, flavour)
    return juice.inlineContent(html, inlinedFor(html), juiceOptions)
  })
}

// Attributes are ours: made from styles they would say `height="auto"`.
const juiceOptions = { applyWidthAttributes: false, applyHeightAttributes: false, applyAttributesTableElements: false }

function documentOf(view: MailView, flavour: Flavour | undefined): string {
  const { headers, title, siteTitle } = view
  return [
    '<!doctype html>',
    `<html lang="${attribute(headers.language)}">`,
    '<head>',
    '<meta charset="utf-8">',
    ...(flavour === undefined ? standAlone : []),
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="supported-color-schemes" content="light dark">',
    `<title>${text(title)}</title>\n`,
    `<style>${kept}</style>`,
    '</head>',
    '<body>',
    `<div class="preheader">${text(view.summary)}</div>`,
    `<div class="column" role="article" aria-label="${attribute(title)}" lang="${attribute(headers.language)}">`,
    `<p class="kicker"><a href="${attribute(view.siteAddress)}">${text(siteTitle)}</a></p>`,
    `<h1>${text(title)}</h1>`,
    byline(view),
    `<p class="lead">${text(view.summary)}</p>`,
    sponsors(view),
    corrections(view.corrections),
    ...view.sections.map(section),
    foot(view, flavour),
    '</div>',
    '</body>',
    '</html>',
  ]
    .filter((part) => part !== '')
    .join('\n')
}

/** For the copy that lies on the site: no page of it lets a script run, and search engines have the page itself. */
const standAlone = [
  `<meta http-equiv="content-security-policy" content="default-src 'none'; img-src *; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">`,
  '<meta name="robots" content="noindex">',
]

function byline({ authors, day, address }: MailView): string {
  const names = authors.map(({ name, address: home }) => (home === undefined ? text(name) : link(home, text(name))))
  return `<p class="byline">${text(day)}, by ${names.join(', ')} · ${link(address, 'Read it on the web')}</p>`
}

function sponsors({ sponsors: all }: MailView): string {
  if (all.length === 0) return ''
  const lines = all.map(({ name, address, disclosure }) => {
    const sponsor = address === undefined ? text(name) : link(address, text(name))
    return `<p><strong>Sponsor: ${sponsor}.</strong> ${text(disclosure)}</p>`
  })
  return `<div class="aside">${lines.join('\n')}</div>`
}

function corrections(all: readonly MailCorrectionView[]): string {
  if (all.length === 0) return ''
  // A correction may be several paragraphs, so it stands in no paragraph.
  const lines = all.map(({ day, html }) => `<div><strong>Correction of ${text(day)}:</strong> ${html}</div>`)
  return `<div class="aside">${lines.join('\n')}</div>`
}

function section({ title, html, corrections: own }: MailSectionView): string {
  // The footnotes stand at the end of the last section, and belong to all of them.
  const end = html.indexOf('<section>')
  const [body, footnotes] = end === -1 ? [html, ''] : [html.slice(0, end), html.slice(end)]
  return [title === '' ? '' : `<h2>${text(title)}</h2>`, body.trim(), corrections(own), footnotes]
    .filter((part) => part !== '')
    .join('\n')
    .replaceAll('<div>\n<table>', '<div class="wide">\n<table>')
    .replaceAll('<div><table>', '<div class="wide"><table>')
}

function foot({ headers, siteTitle, address, postalAddress }: MailView, flavour: Flavour | undefined): string {
  // A tag is written as it is: it has to be found.
  const unsubscribe = flavour?.unsubscribe ?? attribute(headers.unsubscribe)
  const postal = flavour?.postalAddress ?? (postalAddress === undefined ? undefined : text(postalAddress))
  return [
    '<div class="foot">',
    `<p>You receive this because you subscribed to ${text(siteTitle)}.</p>`,
    `<p><a href="${unsubscribe}">Unsubscribe</a> · ${link(address, 'Read it on the web')} · ${link(headers.archive, 'All issues')}</p>`,
    ...(postal === undefined ? [] : [`<p>${postal}</p>`]),
    '</div>',
  ].join('\n')
}

function link(address: string, words: string): string {
  return `<a href="${attribute(address)}">${words}</a>`
}

function text(plain: string): string {
  return withoutMergeTags(escapeHtml(plain))
}

function attribute(plain: string): string {
  return text(plain).replace(/"/g, '&quot;')
}
