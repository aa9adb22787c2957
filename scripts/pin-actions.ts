/**
 * `node scripts/pin-actions.ts [--check] [FILE…]`: pins the actions of the workflows. A tag can be moved to other code
 * after somebody has looked at it; a digest cannot. `uses: actions/checkout@v7.0.1` becomes
 * `uses: actions/checkout@<digest> # v7.0.1`. A line that has its digest already is held against its tag again.
 *
 * To take a newer version, write its tag in place of the digest and run this once.
 *
 * --check        write nothing; exit 1 where something would change
 * --from URL     where repositories are asked for their tags; default `https://github.com`
 * FILE…          default: every workflow, and the actions of this repository
 *
 * Exit 0: every action is pinned. 1: something is wrong, or would change. 2: a repository could not be asked.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { usesOf, type Use } from './action-uses.ts'

const home = resolve(import.meta.dirname, '..')
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { check: { type: 'boolean' }, from: { type: 'string', default: 'https://github.com' } },
})
const files = positionals.length > 0 ? positionals.map((file) => resolve(file)) : ownFiles()
const digests = new Map<string, string | undefined>()
const wrong: string[] = []
const texts = new Map<string, string>()
let changes = 0

for (const file of files) {
  const text = readFileSync(file, 'utf8')
  const lines = text.split('\n')
  for (const use of usesOf(text)) {
    const pinned = pin(use, `${relative(process.cwd(), file)}:${use.line}`)
    if (pinned === undefined || pinned === lines[use.line - 1]) continue
    lines[use.line - 1] = pinned
    changes += 1
  }
  texts.set(file, lines.join('\n'))
}
for (const sentence of wrong) process.stdout.write(`${sentence}\n`)
// All or nothing: half a pinning would look like a whole one.
if (wrong.length > 0) process.exit(1)
if (!values.check) for (const [file, text] of texts) writeFileSync(file, text)
process.stdout.write(`${changes} of the actions ${values.check ? 'would be' : 'were'} pinned anew.\n`)
process.exit(values.check && changes > 0 ? 1 : 0)

/** The line as it should be, or nothing where there is nothing to pin. */
function pin({ kind, action, reference, tag, indent }: Use, place: string): string | undefined {
  if (kind === 'local') return undefined
  if (kind === 'image') {
    if (!/@sha256:[0-9a-f]{64}$/.test(action))
      wrong.push(`${place}: Unexpected image \`${action}\`, expected its digest.`)
    return undefined
  }
  if (!/^[\w.-]+\/[\w.-]+(?:\/[\w./-]+)?$/.test(action) || action.includes('..')) {
    wrong.push(`${place}: Unexpected action \`${action}\`, expected \`owner/repository\`.`)
    return undefined
  }
  const wanted = tag ?? reference
  if (!/^v?\d+\.\d+\.\d+(?:-[\w.-]+)?$/.test(wanted)) {
    wrong.push(`${place}: Unexpected version \`${wanted}\` of ${action}, expected an exact one such as \`v1.2.3\`.`)
    return undefined
  }
  const digest = digestOf(action.split('/').slice(0, 2).join('/'), wanted)
  if (digest === undefined) {
    wrong.push(`${place}: Unexpected version \`${wanted}\` of ${action}, expected a tag of that repository.`)
    return undefined
  }
  if (tag !== undefined && digest !== reference) {
    wrong.push(
      `${place}: Unexpected digest \`${reference}\` of ${action}, expected the one of its tag ${tag}: \`${digest}\`. Tags do not move by themselves: look at what changed; write the tag in place of the digest where it is right.`,
    )
    return undefined
  }
  return `${indent}${action}@${digest} # ${wanted}`
}

/** The commit that a tag of a repository means. */
function digestOf(repository: string, tag: string): string | undefined {
  const key = `${repository}@${tag}`
  if (!digests.has(key)) digests.set(key, ask(repository, tag))
  return digests.get(key)
}

function ask(repository: string, tag: string): string | undefined {
  const reference = `refs/tags/${tag}`
  try {
    const answer = execFileSync(
      'git',
      ['ls-remote', '--', `${values.from}/${repository}`, reference, `${reference}^{}`],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
        timeout: 60_000,
      },
    )
    const found = new Map(
      answer
        .split('\n')
        .map((line) => line.split('\t'))
        .map(([digest = '', name = '']) => [name, digest]),
    )
    // An annotated tag is an object of its own; what it points to is the commit.
    const digest = found.get(`${reference}^{}`) ?? found.get(reference)
    return digest !== undefined && /^[0-9a-f]{40}$/.test(digest) ? digest : undefined
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[1] ?? error.message) : String(error)
    process.stderr.write(`${repository} could not be asked: ${why}\nNothing was changed.\n`)
    process.exit(2)
  }
}

function ownFiles(): string[] {
  const workflows = join(home, '.github', 'workflows')
  const action = join(home, 'report', 'action.yml')
  return [
    ...readdirSync(workflows)
      .filter((name) => /\.ya?ml$/.test(name))
      .sort()
      .map((name) => join(workflows, name)),
    ...(existsSync(action) ? [action] : []),
  ]
}
