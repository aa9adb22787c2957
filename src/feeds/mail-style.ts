/**
 * How a mail looks. `inlined` ends up in `style` attributes, for programs that drop style sheets; `kept` stays a style
 * sheet, for those that keep one: it is all about dark surroundings. Its colours are those of the site.
 */

const inlined = `
body { margin: 0; padding: 0; background-color: #ffffff; color: #1b1f24; }
.column { max-width: 612px; margin: 0 auto; padding: 28px 24px 40px; font-family: -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; font-size: 17px; line-height: 1.55; color: #1b1f24; overflow-wrap: break-word; }
.preheader { display: none; max-height: 0; overflow: hidden; font-size: 1px; line-height: 1px; color: #ffffff; }
h1 { margin: 0 0 8px; font-size: 28px; line-height: 1.2; font-weight: 700; letter-spacing: -0.01em; }
h2 { margin: 40px 0 12px; padding-top: 16px; border-top: 1px solid #dfe2e6; font-size: 21px; line-height: 1.3; font-weight: 600; }
h3 { margin: 28px 0 8px; font-size: 18px; line-height: 1.35; font-weight: 600; }
h4 { margin: 24px 0 8px; font-size: 17px; line-height: 1.4; font-weight: 600; }
h5 { margin: 24px 0 8px; font-size: 17px; line-height: 1.4; font-weight: 600; }
h6 { margin: 24px 0 8px; font-size: 17px; line-height: 1.4; font-weight: 600; }
p { margin: 0 0 16px; }
ul { margin: 0 0 16px; padding-left: 24px; }
ol { margin: 0 0 16px; padding-left: 28px; }
li { margin: 0 0 8px; }
a { color: #0b5c8a; text-decoration: underline; }
code { font-family: ui-monospace, 'SF Mono', Consolas, 'Liberation Mono', Menlo, monospace; font-size: 0.88em; background-color: #f5f6f7; padding: 1px 4px; border-radius: 3px; }
pre { margin: 0 0 16px; padding: 12px 14px; background-color: #f5f6f7; border-radius: 4px; font-size: 15px; line-height: 1.45; white-space: pre-wrap; overflow-wrap: anywhere; }
pre code { padding: 0; background-color: transparent; font-size: 0.93em; }
blockquote { margin: 0 0 16px; padding: 0 0 0 16px; border-left: 3px solid #dfe2e6; color: #555e68; }
table { border-collapse: collapse; margin: 0 0 16px; font-size: 15px; line-height: 1.4; }
th { padding: 6px 16px 6px 0; border-bottom: 1px solid #8b949e; text-align: left; vertical-align: bottom; font-weight: 600; }
th[align='right'] { text-align: right; }
th[align='center'] { text-align: center; }
td { padding: 6px 16px 6px 0; border-bottom: 1px solid #dfe2e6; vertical-align: top; }
hr { margin: 28px 0; border: 0; border-top: 1px solid #dfe2e6; }
img { display: block; max-width: 100%; height: auto; }
.wide { overflow-x: auto; }
.kicker { margin: 0 0 20px; font-size: 15px; color: #555e68; }
.kicker a { color: #555e68; text-decoration: none; }
.byline { margin: 0 0 20px; font-size: 15px; color: #555e68; }
.lead { margin: 0 0 20px; font-size: 19px; line-height: 1.45; }
.aside { margin: 0 0 20px; padding: 2px 0 2px 14px; border-left: 3px solid #dfe2e6; font-size: 15px; line-height: 1.5; }
.aside p { margin: 0 0 6px; }
.aside div { margin: 0 0 6px; }
.foot { margin: 44px 0 0; padding-top: 16px; border-top: 1px solid #8b949e; font-size: 14px; line-height: 1.5; color: #555e68; }
.foot p { margin: 0 0 6px; }
.foot a { color: #555e68; }
`

export const kept = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  body, .column { background-color: #14171a !important; color: #e4e7ea !important; }
  a { color: #7cc0ee !important; }
  .kicker, .byline, .foot, .kicker a, .foot a, blockquote { color: #a3acb5 !important; }
  .preheader { color: #14171a !important; }
  code, pre { background-color: #22272c !important; }
  pre code { background-color: transparent !important; }
  h2, hr, td, .aside, blockquote { border-color: #2f353b !important; }
  th, .foot { border-color: #6e7681 !important; }
}
`

/** What each rule of `inlined` needs: an element or a class, as `mail-html.ts` writes them. */
const rules = inlined
  .trim()
  .split('\n')
  .map((rule) => {
    const [, dot = '', name = ''] = /^(\.?)([a-z0-9]+)/.exec(rule) ?? []
    return { rule, needs: dot === '' ? `<${name}` : `class="${name}"` }
  })

/** The rules that mean something in a document, and perhaps some more: each is looked for in all of it. */
export function inlinedFor(html: string): string {
  return rules.flatMap(({ rule, needs }) => (html.includes(needs) ? [rule] : [])).join('\n')
}
