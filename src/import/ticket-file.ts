/** From the answers of a ticket to the file that they make, or to what stands in the way. Nothing is read or written here. */
import type { LocatedCatalog } from '#catalog/catalog.ts'
import { gapForClaim } from '#catalog/claim-gap.ts'
import { freeItemId } from '#catalog/free-id.ts'
import { didYouMean, oneOf, suggestId, unexpected } from '#catalog/problems.ts'
import { idPattern } from '#domain/identifier.ts'
import type { Problem } from '#domain/problem.ts'
import type { Answers } from './ticket-answers.ts'
import { ticketForms, type TicketKind } from './ticket-forms.ts'
import { blockEntry, claimPieces, flowEntry, keyPiece, type Piece } from './ticket-pieces.ts'
import { knownAs, projectsMeant } from './ticket-project.ts'

export interface TicketFile {
  /** Path inside the content folder. */
  path: string
  pieces: Piece[]
}

export interface TicketSurroundings {
  catalog: LocatedCatalog
  /** How the ticket is called in problems. */
  file: string
  /** Account of its author. */
  author: string | undefined
  /** The text of a content file as it is on the disk; undefined where there is none. */
  textOf: (path: string) => string | undefined
}

interface Made {
  file?: TicketFile
  problems: Problem[]
}

/** Never throws. Where answers are missing, there may be a file too: what else is wrong can then be told at once. */
export function fileOfTicket(kind: TicketKind, answers: Answers, surroundings: TicketSurroundings): Made {
  const ask = new Asking(kind, answers, surroundings.file)
  for (const { key, isRequired } of ticketForms[kind].fields) if (isRequired) ask.expect(key)
  switch (kind) {
    case 'project':
      return projectOf(ask, surroundings)
    case 'cell':
      return cellOf(ask, surroundings)
    case 'item':
      return itemOf(ask, surroundings)
    default:
      return kind satisfies never
  }
}

/** What is asked of a ticket, and what its answers lack. */
class Asking {
  readonly problems: Problem[] = []
  readonly kind: TicketKind
  readonly answers: Answers
  readonly #file: string

  constructor(kind: TicketKind, answers: Answers, file: string) {
    this.kind = kind
    this.answers = answers
    this.#file = file
  }

  textOf(key: string): string {
    return this.answers.get(key)?.text ?? ''
  }

  /** A cell changes only with proof: when a source said it, and where. */
  expect(key: string): void {
    if (this.textOf(key) !== '') return
    const label = labelOf(this.kind, key)
    const isProof = this.kind !== 'item' && (key === 'date' || key === 'link')
    const expected = isProof ? proof[key] : `an answer to “${label}”`
    const code = isProof ? 'missing-proof' : 'missing-answer'
    this.problems.push({
      code,
      severity: 'error',
      place: this.#placeOf(key),
      reason: `Missing answer to “${label}”, expected ${expected}.`,
      expected,
      actual: '',
      fix: `answer “${label}” in the ticket, below a line \`### ${label}\``,
    })
  }

  report(code: string, key: string, expected: string, fix: string): void {
    const label = labelOf(this.kind, key).toLowerCase()
    this.problems.push(unexpected(code, this.#placeOf(key), label, this.textOf(key), expected, fix))
  }

  #placeOf(key: string): Problem['place'] {
    return { file: this.#file, line: this.answers.get(key)?.line ?? 1, column: 1 }
  }
}

const proof = {
  date: 'the day, month or year when the source said it: without proof no cell changes',
  link: 'the address where the source says it: without proof no cell changes',
}

export function labelOf(kind: TicketKind, key: string): string {
  return ticketForms[kind].fields.find((field) => field.key === key)?.label ?? key
}

function projectOf(ask: Asking, { catalog, textOf }: TicketSurroundings): Made {
  const { answers, problems } = ask
  const hasClaim = ['architectures', 'support', 'date', 'link', 'note'].some((key) => ask.textOf(key) !== '')
  if (hasClaim) for (const key of ['architectures', 'support', 'date', 'link']) ask.expect(key)
  const name = ask.textOf('name')
  if (name === '') return { problems }
  const id = suggestId(name)
  const path = `projects/${id}.md`
  const identifiers = ask.textOf('identifiers').split(/\s*\n\s*/)
  const known = knownAs({ id, name, identifiers, repository: ask.textOf('repository') }, catalog)
  if (!hasLatin(name)) {
    const fix = 'write the name in Latin letters in the ticket, or add the file yourself under the id that you choose'
    ask.report('bad-id', 'name', 'a name with letters or digits that an id can be made of', fix)
  } else if (known || textOf(path) !== undefined) {
    const file = known?.file ?? path
    const by = known && known.by !== name ? ` (\`${known.by}\`)` : ''
    const fix = 'use the form that corrects a cell, or add what is missing to that file'
    ask.report('project-already-there', 'name', `a project that is not there yet: \`${file}\` is${by}`, fix)
  }
  const keys = [
    ...keyPiece('name', 'text', answers),
    ...keyPiece('summary', 'text', answers),
    ...keyPiece('homepage', 'text', answers),
    ...keyPiece('repository', 'text', answers),
    ...keyPiece('categories', 'words', answers),
    ...keyPiece('identifiers', 'lines', answers),
  ]
  const claim = hasClaim ? [{ text: 'claims:\n' }, ...blockEntry(claimPieces(answers), '  ', '\n')] : []
  return { file: { path, pieces: [...frontMatter(keys, claim)] }, problems }
}

function cellOf(ask: Asking, { catalog, textOf }: TicketSurroundings): Made {
  const { answers, problems } = ask
  const word = ask.textOf('project')
  const meant = word === '' ? [] : projectsMeant(word, catalog)
  const [id, ...more] = meant
  if (id === undefined || more.length > 0) {
    const broken = idPattern.test(word) ? `projects/${word}.md` : ''
    if (broken !== '' && textOf(broken) !== undefined) {
      const expected = `a project without problems: \`${broken}\` has some, which \`check\` lists`
      ask.report('claim-not-added', 'project', expected, `correct \`${broken}\` first`)
    } else if (word !== '') {
      const names = [...catalog.project].flatMap(([project, { data }]) => [project, data.name])
      const expected = more.length > 0 ? oneOf(meant) : 'the id or the name of a project'
      const fix = didYouMean(word, names, 'write the id, the last part of its address; or add the project first')
      ask.report(
        'unknown-project',
        'project',
        expected,
        more.length > 0 ? 'write the id of the one that is meant' : fix.text,
      )
    }
    return { file: claimAlone(answers), problems }
  }
  const { file } = catalog.project.get(id) ?? { file: '' }
  const gap = gapForClaim(textOf(file) ?? '')
  const claim = claimPieces(answers)
  if (!gap) {
    const expected = `a project whose claims a command can add to: \`${file}\` has its keys on one line`
    ask.report('claim-not-added', 'project', expected, `add the claim to \`${file}\` by hand`)
    return { file: claimAlone(answers), problems }
  }
  const { before, after, style, indent, lead, lineEnd } = gap
  const entry = style === 'flow' ? flowEntry(claim) : blockEntry(claim, indent, lineEnd)
  return { file: { path: file, pieces: [{ text: before }, { text: lead }, ...entry, { text: after }] }, problems }
}

/** A claim without its project can still be looked at: in a file that is never written. */
function claimAlone(answers: Answers): TicketFile {
  const keys = 'name: Unknown\nsummary: Unknown\nhomepage: https://example.org/\ncategories: []\nclaims:\n'
  return {
    path: scratchPath,
    pieces: [{ text: `---\n${keys}` }, ...blockEntry(claimPieces(answers), '  ', '\n'), { text: '---\n' }],
  }
}

/** The file of a claim whose project is not known, and how many of its lines are about nothing. */
export const scratchPath = 'projects/a-project-that-is-not-known.md'
export const scratchLines = 6

function itemOf(ask: Asking, { catalog, author, textOf }: TicketSurroundings): Made {
  const { answers, problems } = ask
  const title = ask.textOf('title')
  const isTaken = (id: string) => catalog.item.has(id) || textOf(`items/${id}.md`) !== undefined
  const id = freeItemId(title, { has: isTaken })
  const keys = [
    ...keyPiece('title', 'text', answers),
    ...keyPiece('link', 'text', answers),
    ...keyPiece('date', 'word', answers),
    ...keyPiece('section', 'word', answers),
    ...keyPiece('projects', 'words', answers),
    ...keyPiece('architectures', 'words', answers),
    ...(author === undefined ? [] : [{ text: `by: "${author}"` }]),
  ]
  const text = ask.textOf('text')
  const body: Piece[] = text === '' ? [] : [{ text: '\n' }, { text, from: 'text' }, { text: '\n' }]
  return { file: { path: `items/${id}.md`, pieces: [...frontMatter(keys, []), ...body] }, problems }
}

function frontMatter(keys: readonly Piece[], rest: readonly Piece[]): Piece[] {
  return [{ text: '---\n' }, ...keys.flatMap((piece) => [piece, { text: '\n' }]), ...rest, { text: '---\n' }]
}

function hasLatin(name: string): boolean {
  return /[a-z0-9]/i.test(name.normalize('NFKD'))
}
