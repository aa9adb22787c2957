import { existsSync, lstatSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Problem } from '#domain/problem.ts'
import { kindOfTicket, maximumTicketBytes, readTicket, type Ticket } from '#import/read-ticket.ts'
import { readAnswers } from '#import/ticket-answers.ts'
import { fileOfTicket } from '#import/ticket-file.ts'
import { ticketForms, ticketKinds, type TicketKind } from '#import/ticket-forms.ts'
import { textOfPieces } from '#import/ticket-pieces.ts'
import { writeWhole } from '#store/whole-file.ts'
import { unexpected } from '#catalog/problems.ts'
import { commonOptions, contentFolder, loadContent, shownPath, type CommonValues } from './options.ts'
import { serializeProblems, summarizeProblems } from './report.ts'
import { problemsOfTicketFile } from './ticket-check.ts'
import { CannotRun, type World } from './world.ts'

export const fromTicketHelp = `from-ticket FILE|- [--kind ${ticketKinds.join('|')}] [--dry-run] [--json] [--content DIR]
  A ticket that was made with one of the forms becomes a project, a claim or an item, and the path of its file is
  printed. FILE is the ticket as GitHub's API gives it, the event of a workflow, or the text of a ticket.
  --kind     which form it is, where neither its labels nor its headings tell
  --dry-run  prints the file, and writes nothing`

interface Made {
  kind: TicketKind | undefined
  /** Path inside the content folder. */
  path: string | undefined
  text: string | undefined
  problems: readonly Problem[]
}

/** @returns exit code: 0 written, 1 the ticket makes no valid file */
export function fromTicket(args: readonly string[], world: World): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...commonOptions, kind: { type: 'string' }, 'dry-run': { type: 'boolean' } },
  })
  const [source, ...more] = positionals
  if (source === undefined || more.length > 0) {
    throw new CannotRun('Expected one ticket: `from-ticket ticket.json`, or `-` for standard input.')
  }
  const said = ticketKinds.find((kind) => kind === values.kind)
  if (values.kind !== undefined && said === undefined) {
    throw new CannotRun(
      `Unexpected kind \`${values.kind}\`, expected one of ${ticketKinds.map((kind) => `\`${kind}\``).join(', ')}.`,
    )
  }
  const folder = contentFolder(values, world)
  const name = source === '-' ? 'ticket' : source
  const { ticket, problems } = readTicket(readSource(source, world), name)
  const made: Made = ticket
    ? make(ticket, { said, name, folder, values, world })
    : { kind: said, path: undefined, text: undefined, problems }

  const { kind, path, text } = made
  const isValid = path !== undefined && text !== undefined && !hasError(made.problems)
  const file = path === undefined ? null : shownPath(join(folder, path), world)
  const isWritten = isValid && !values['dry-run']
  if (isWritten) {
    const place = dirname(join(folder, path))
    mkdirSync(place, { recursive: true })
    // A link would lead out of the content, and no build would read what is behind it.
    if (!lstatSync(place).isDirectory()) throw new CannotRun(`\`${shownPath(place, world)}\` is no folder but a link.`)
    writeWhole(join(folder, path), text)
  }
  if (values.json) {
    const answer = {
      kind: kind ?? null,
      file,
      written: isWritten,
      text: isValid ? text : null,
      problems: made.problems,
    }
    world.answer(`${JSON.stringify(answer, null, 2)}\n`)
  } else if (!isValid) {
    world.answer(serializeProblems(made.problems, 'text', world.isTerminal))
  } else {
    world.answer(values['dry-run'] ? text : `${file ?? ''}\n`)
    world.tell(serializeProblems(made.problems, 'text'))
  }
  if (!isValid) world.tell(`${summarizeProblems(made.problems)}: nothing was written.\n`)
  else if (isWritten) {
    world.tell('It is valid content. Read it, hold it against what its link says, and commit it.\n')
  }
  return isValid ? 0 : 1
}

interface Ground {
  /** Which form somebody says it is. */
  said: TicketKind | undefined
  /** How the ticket is called. */
  name: string
  folder: string
  values: CommonValues
  world: World
}

function make(ticket: Ticket, { said, name, folder, values, world }: Ground): Made {
  const kind = kindOfTicket(ticket, said)
  if (kind === undefined) {
    const labels = ticketKinds.map((kind) => `\`${ticketForms[kind].label}\``).join(', ')
    const fix = 'say with `--kind` which form it is'
    const problem = unexpected(
      'ticket-not-understood',
      { file: name, line: 1, column: 1 },
      'ticket',
      ticket.body.split('\n')[0] ?? '',
      `a ticket of one form, with one of the labels ${labels} or with the headings of the form`,
      fix,
    )
    return { kind, path: undefined, text: undefined, problems: [problem] }
  }
  const { answers, problems } = readAnswers(ticket.body, ticketForms[kind], name)
  if (problems.length > 0) return { kind, path: undefined, text: undefined, problems }
  const { catalog, problems: before } = loadContent(values, world)
  const made = fileOfTicket(kind, answers, {
    catalog,
    file: name,
    author: ticket.author,
    textOf: (path) => (existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : undefined),
  })
  if (!made.file) return { kind, path: undefined, text: undefined, problems: made.problems }
  const isWhole = !hasError(made.problems)
  const found = problemsOfTicketFile(made.file, { kind, answers, isWhole, name, folder, catalog, before, world })
  return {
    kind,
    path: isWhole ? made.file.path : undefined,
    text: textOfPieces(made.file.pieces),
    problems: [...made.problems, ...found].sort((a, b) => a.place.line - b.place.line),
  }
}

function hasError(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error')
}

function readSource(source: string, world: World): Uint8Array {
  if (source === '-') return world.standardInput()
  const path = resolve(world.directory, source)
  if (!existsSync(path)) throw new CannotRun(`There is no file \`${source}\`.`)
  // What is too large is refused by its size, unread.
  const { size } = statSync(path)
  return size > maximumTicketBytes ? new Uint8Array(maximumTicketBytes + 1) : readFileSync(path)
}
