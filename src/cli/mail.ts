import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { parseWithHeadingIds } from '#catalog/markdown.ts'
import { nearest } from '#catalog/nearest.ts'
import type { LoadedCatalog } from '#catalog/catalog.ts'
import type { Entry } from '#domain/catalog.ts'
import { isPublic, type Issue } from '#domain/issue.ts'
import type { Flavour } from '#domain/mail.ts'
import { longHtml, maximumHtml, type MailHtml } from '#feeds/mail-budget.ts'
import { flavours } from '#feeds/mail-flavours.ts'
import { serializeMailHtml } from '#feeds/mail-html.ts'
import { serializeMail } from '#feeds/mail.ts'
import { viewMail, type MailView } from '#views/mail.ts'
import { counted } from '#views/words.ts'
import { deliver, readDispatch } from './mail-delivery.ts'
import { commonOptions, loadContent, shownPath } from './options.ts'
import { publishingContext } from './publishing.ts'
import { serializeProblems, summarizeProblems } from './report.ts'
import { CannotRun, type World } from './world.ts'

export const mailHelp = `mail N [--out FOLDER] [--draft] [--json] [--as-of DATE] [--content DIR]
mail N --flavour ${[...Object.keys(flavours), '…'].join('|')} [--out FOLDER]
mail N --smtp smtp://HOST[:PORT] [--to ADDRESS…] [--timeout SECONDS] [--without-tls] [--draft]
  An issue as a mail: the message ready to send, or with --out its text, its HTML and the message as
  files; with --flavour its HTML with the merge tags of a service. Only --smtp sends anything: to a
  relay, for the list of site.yml or --to. User and password are SMTP_USER and SMTP_PASSWORD.`

const options = {
  ...commonOptions,
  out: { type: 'string' },
  flavour: { type: 'string' },
  smtp: { type: 'string' },
  to: { type: 'string', multiple: true },
  timeout: { type: 'string', default: '60' },
  'without-tls': { type: 'boolean' },
  draft: { type: 'boolean' },
} as const

/** @returns exit code: 0 answered or sent, 1 the relay refused some of the addresses, 2 nothing or nobody knows what was sent */
export async function mail(args: readonly string[], world: World): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
  const [number, ...more] = positionals
  if (number === undefined || more.length > 0) throw new CannotRun('Expected the number of an issue: `mail 12`.')
  const dispatch = readDispatch(values, world)
  const loaded = loadContent(values, world)
  // A site that cannot be read has another name and another authority: its mail would be another mail.
  const broken = loaded.problems.filter(
    ({ severity, place }) => severity === 'error' && /(?:^|\/)site\.yml$/.test(place.file),
  )
  if (broken.length > 0) {
    world.answer(serializeProblems(broken, values.json ? 'json' : 'text', !values.json && world.isTerminal))
    world.tell(`${summarizeProblems(broken)}: no mail was made.\n`)
    return 1
  }
  const context = publishingContext(loaded, values, world)
  const issue = issueOf(number, loaded)
  if (!isPublic(issue.data, context.asOf) && !values.draft) throw new CannotRun(notPublic(issue.data))
  const view = viewMail(issue, context)
  if (values.flavour !== undefined) {
    const made = serializeMailHtml(view, flavourOf(values.flavour, loaded))
    tellLength(made, world)
    return answer(view, new Map([['index.html', made.html]]), made.html, values, world)
  }
  const sent = dispatch?.addressed(view, loaded) ?? view
  const made = await serializeMail(sent, {
    parse: parseWithHeadingIds,
    absoluteAddressOf: context.absoluteAddressOf,
    deadLinks: loaded.catalog.deadLinks,
  })
  tellLength(made, world)
  if (dispatch) return deliver(sent, made.message, dispatch, values.json === true, world)
  if (view.placeholders.length > 0) world.tell(`${missingKeys(view)} Placeholders stand in their place.\n`)
  const files = new Map<string, string | Uint8Array>([
    ['index.html', made.html],
    ['index.txt', made.text],
    [`${issue.id}.eml`, made.message],
  ])
  // Everything that is not ASCII is encoded in it.
  return answer(view, files, Buffer.from(made.message).toString('latin1'), values, world)
}

function answer(
  view: MailView,
  files: ReadonlyMap<string, string | Uint8Array>,
  whole: string,
  values: { out?: string | undefined; json?: boolean | undefined },
  world: World,
): number {
  const written: string[] = []
  if (values.out !== undefined) {
    const folder = resolve(world.directory, values.out)
    mkdirSync(folder, { recursive: true })
    for (const [name, content] of files) {
      writeFileSync(join(folder, name), content)
      written.push(shownPath(join(folder, name), world))
    }
  }
  const { subject, messageId, date, from, to } = view.headers
  if (values.json) {
    const bytes = Object.fromEntries([...files].map(([name, content]) => [name, Buffer.byteLength(content)]))
    const about = { issue: view.id, isDraft: view.isDraft, subject, messageId, date, from: from.address, to }
    world.answer(`${JSON.stringify({ ...about, bytes, written, placeholders: view.placeholders }, null, 2)}\n`)
  } else if (values.out !== undefined) {
    world.answer(written.map((path) => `${path}\n`).join(''))
  } else {
    world.answer(whole)
  }
  return 0
}

function tellLength({ html, collapsed }: MailHtml, world: World): void {
  const size = Buffer.byteLength(html)
  if (collapsed.length > 0) {
    const names = [...collapsed.slice(0, 5), ...(collapsed.length > 5 ? ['…'] : [])].join(', ')
    world.tell(
      `Mail programs cut off HTML of more than ${maximumHtml / 1000} kB, so of ${counted(collapsed.length, 'section')} it has a summary and a link: ${names}. The text has all of it.\n`,
    )
  } else if (size > longHtml) {
    world.tell(`The HTML is ${Math.ceil(size / 1000)} kB long; mail programs cut it off at ${maximumHtml / 1000} kB.\n`)
  }
}

/** The keys of site.yml that the mail would need, as a sentence. */
function missingKeys({ placeholders }: MailView): string {
  return `\`mail\` of site.yml does not say ${placeholders.map((key) => `\`${key}\``).join(', ')}.`
}

function notPublic({ number, state }: Issue): string {
  const why = state === 'published' ? 'not public yet' : `not public: it is \`${state}\``
  return `Issue ${number} is ${why}. With \`--draft\` it becomes a mail all the same, which says that it is a draft.`
}

function issueOf(word: string, { catalog, problems }: LoadedCatalog): Entry<Issue> {
  const issue = catalog.issue.get(word) ?? [...catalog.issue.values()].find(({ data }) => String(data.number) === word)
  if (issue) return issue
  const problem = problems.find(
    ({ place }) =>
      basename(dirname(place.file)) === 'issues' &&
      basename(place.file).replace(/^0*|\.md$/g, '') === word.replace(/^0*/, ''),
  )
  if (problem) {
    const { place, reason } = problem
    throw new CannotRun(
      `Issue \`${word}\` has problems, which \`check\` lists: ${place.file}:${place.line}:${place.column} ${reason}`,
    )
  }
  throw new CannotRun(`There is no issue \`${word}\`.`)
}

function flavourOf(word: string, { catalog }: LoadedCatalog): Flavour {
  const known = new Map([...Object.entries(flavours), ...Object.entries(catalog.site.mail?.flavours ?? {})])
  const flavour = known.get(word)
  if (flavour) return flavour
  const near = nearest(word, known.keys())
  throw new CannotRun(
    `Unexpected flavour \`${word}\`, expected one of ${[...known.keys()].map((name) => `\`${name}\``).join(', ')}${near ? `; did you mean \`${near}\`?` : '.'}`,
  )
}
