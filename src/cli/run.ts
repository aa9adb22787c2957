import { NoStore } from '#store/no-store.ts'
import { CannotRun, type World } from './world.ts'

type Command = (args: readonly string[], world: World) => number | Promise<number>

/** Commands are imported when called, so that each starts as fast as it can. */
const commands: Record<string, { load: () => Promise<Command>; help: () => Promise<string> }> = {
  check: {
    load: async () => (await import('./check.ts')).check,
    help: async () => (await import('./check.ts')).checkHelp,
  },
  explain: {
    load: async () => (await import('./explain.ts')).explain,
    help: async () => (await import('./explain.ts')).explainHelp,
  },
  ingest: {
    load: async () => (await import('./ingest.ts')).ingest,
    help: async () => (await import('./ingest.ts')).ingestHelp,
  },
  probe: {
    load: async () => (await import('./probe.ts')).probe,
    help: async () => (await import('./probe.ts')).probeHelp(),
  },
  pull: {
    load: async () => (await import('./pull.ts')).pull,
    help: async () => (await import('./pull.ts')).pullHelp,
  },
  receive: {
    load: async () => (await import('./receive.ts')).receive,
    help: async () => (await import('./receive.ts')).receiveHelp,
  },
  run: {
    load: async () => (await import('./run-recipe.ts')).run,
    help: async () => (await import('./run-recipe.ts')).runHelp,
  },
  status: {
    load: async () => (await import('./status.ts')).status,
    help: async () => (await import('./status.ts')).statusHelp,
  },
  changes: {
    load: async () => (await import('./changes.ts')).changes,
    help: async () => (await import('./changes.ts')).changesHelp,
  },
  diff: {
    load: async () => (await import('./diff.ts')).diff,
    help: async () => (await import('./diff.ts')).diffHelp,
  },
  scan: {
    load: async () => (await import('./scan.ts')).scan,
    help: async () => (await import('./scan.ts')).scanHelp,
  },
  draft: {
    load: async () => (await import('./draft.ts')).draft,
    help: async () => (await import('./draft.ts')).draftHelp,
  },
  new: {
    load: async () => (await import('./new.ts')).newFile,
    help: async () => (await import('./new.ts')).newHelp,
  },
  links: {
    load: async () => (await import('./links.ts')).links,
    help: async () => (await import('./links.ts')).linksHelp,
  },
  publish: {
    load: async () => (await import('./publish.ts')).publish,
    help: async () => (await import('./publish.ts')).publishHelp,
  },
  mail: {
    load: async () => (await import('./mail.ts')).mail,
    help: async () => (await import('./mail.ts')).mailHelp,
  },
  retract: {
    load: async () => (await import('./retract.ts')).retract,
    help: async () => (await import('./retract.ts')).retractHelp,
  },
  'copy-evidence': {
    load: async () => (await import('./copy-evidence.ts')).copyEvidence,
    help: async () => (await import('./copy-evidence.ts')).copyEvidenceHelp,
  },
  compact: {
    load: async () => (await import('./compact.ts')).compact,
    help: async () => (await import('./compact.ts')).compactHelp,
  },
  rename: {
    load: async () => (await import('./rename.ts')).rename,
    help: async () => (await import('./rename.ts')).renameHelp,
  },
  doctor: {
    load: async () => (await import('./doctor.ts')).doctor,
    help: async () => (await import('./doctor.ts')).doctorHelp,
  },
  inspect: {
    load: async () => (await import('./inspect.ts')).inspect,
    help: async () => (await import('./inspect.ts')).inspectHelp,
  },
  'from-ticket': {
    load: async () => (await import('./from-ticket.ts')).fromTicket,
    help: async () => (await import('./from-ticket.ts')).fromTicketHelp,
  },
  import: {
    load: async () => (await import('./import.ts')).importFiles,
    help: async () => (await import('./import.ts')).importHelp,
  },
  schema: {
    load: async () => (await import('./schema.ts')).schema,
    help: async () => (await import('./schema.ts')).schemaHelp,
  },
}

/** Runs one command. Never throws: what stops it is told in words. */
export async function runCli(args: readonly string[], world: World): Promise<number> {
  const [name, ...rest] = args
  try {
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
      world.answer(await usage())
      return name === undefined ? 2 : 0
    }
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined
    if (!command) {
      const { nearest } = await import('#catalog/nearest.ts')
      const near = nearest(name, Object.keys(commands))
      throw new CannotRun(
        `There is no command \`${name}\`${near ? `; did you mean \`${near}\`?` : '; `help` lists them.'}`,
      )
    }
    if (rest.includes('--help') || rest.includes('-h')) {
      world.answer(`${await command.help()}\n`)
      return 0
    }
    return await (
      await command.load()
    )(rest, world)
  } catch (error) {
    if (isSystemError(error)) {
      world.tell(`The system refused: ${error.message}\n`)
      return 2
    }
    if (isArgumentError(error)) {
      world.tell(`${await adviseOnArgument(error, name)}\n`)
      return 2
    }
    if (error instanceof CannotRun || error instanceof NoStore) {
      world.tell(`${error.message}\n`)
      return 2
    }
    const trace = error instanceof Error ? error.stack : String(error)
    world.tell(
      rest.includes('--debug')
        ? `${trace ?? ''}\n`
        : `Something went wrong that should not: ${error instanceof Error ? error.message : String(error)}\nRun it again with --debug to see where.\n`,
    )
    return 2
  }
}

/** What a disk, a folder or a right stands in the way of. */
function isSystemError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error && 'code' in error
}

function isArgumentError(error: unknown): error is Error {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}

/** Node's own advice is about words that begin with a hyphen. Most who meet it have mistyped an option. */
async function adviseOnArgument({ message }: Error, name = ''): Promise<string> {
  const [sentence = message, option] = /^Unknown option '(--?[^']*)'/.exec(message) ?? []
  if (option === undefined) return sentence
  const { nearest } = await import('#catalog/nearest.ts')
  const help = (await commands[name]?.help()) ?? ''
  const near = nearest(option, new Set(help.match(/--[a-z][a-z-]*/g)))
  return `${sentence}${near ? `; did you mean \`${near}\`?` : `; \`${name} --help\` lists those that it has.`}`
}

async function usage(): Promise<string> {
  const helps = await Promise.all(Object.values(commands).map((command) => command.help()))
  return `Usage: npm run cli -- <command> [options]\n\n${helps.join('\n\n')}\n`
}
