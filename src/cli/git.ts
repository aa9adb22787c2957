/**
 * git, asked about the repository of a folder. Nothing is checked out, so no filter, hook or attribute of what it holds
 * runs; what a hook of somebody else has put into the environment does not count.
 */
import { spawnSync } from 'node:child_process'
import { CannotRun, type World } from './world.ts'

export interface Repository {
  folder: string
  /** Path of the folder inside the repository, with a slash at its end; empty for the repository itself. */
  prefix: string
  environment: World['environment']
}

/** Answers larger than this are refused. */
const maximumAnswerBytes = 128 * 1024 * 1024

/** @throws CannotRun where there is no git, or no repository */
export function openRepository(folder: string, environment: World['environment']): Repository {
  const place = { folder, prefix: '', environment }
  const { status, stdout, stderr } = ask(place, ['rev-parse', '--show-prefix'])
  if (status !== 0) {
    const why = firstLine(stderr)
    throw new CannotRun(
      /not a git repository/i.test(why)
        ? 'The content folder is in no git repository, so there is nothing to compare it with.'
        : `git could not read the repository of the content folder: ${why}`,
    )
  }
  return { ...place, prefix: stdout.toString('utf8').replace(/\n$/, '') }
}

/** The commit that a word means. */
export function commitOf(repository: Repository, reference: string): string {
  // What begins with a hyphen would be an option to versions of git that do not know where options end.
  const isOne = /^[^-\s\p{Cc}][^\p{Cc}]{0,249}$/u.test(reference)
  const { status, stdout } = isOne
    ? ask(repository, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${reference}^{commit}`])
    : { status: 1, stdout: '' }
  const id = stdout.toString().trim()
  if (status === 0 && /^[0-9a-f]{40,64}$/.test(id)) return id
  const shown = reference.replace(/[\p{Cc}`]/gu, '?').slice(0, 100)
  throw new CannotRun(
    `There is no commit \`${shown}\` in this clone, expected a branch, a tag or a commit such as \`origin/main\`. ${advice(repository)}`,
  )
}

/** The newest commit from which both come: what others did to one of them since is no difference between them. */
export function mergeBaseOf(repository: Repository, one: string, other: string): string {
  const { stdout } = ask(repository, ['merge-base', one, other])
  const id = stdout.toString().trim()
  if (/^[0-9a-f]{40,64}$/.test(id)) return id
  throw new CannotRun(
    `\`${one.slice(0, 12)}\` and \`${other.slice(0, 12)}\` have no commit in common here. ${advice(repository)}`,
  )
}

function advice(repository: Repository): string {
  const { stdout } = ask(repository, ['rev-parse', '--is-shallow-repository'])
  return stdout.toString().trim() === 'true'
    ? 'The clone is shallow: run `git fetch --unshallow`, or write `fetch-depth: 0` for `actions/checkout`.'
    : 'Fetch it first: `git fetch origin`.'
}

export interface CommitMessage {
  commit: string
  message: string
}

/** The messages of the commits that one has and another has not; the newest 10,000. */
export function messagesBetween(repository: Repository, from: string, to: string): CommitMessage[] {
  const { status, stdout, stderr } = ask(repository, [
    'log',
    '-z',
    '--max-count=10000',
    '--no-show-signature',
    '--no-color',
    '--no-notes',
    '--encoding=UTF-8',
    '--format=%H%n%B',
    to,
    `^${from}`,
  ])
  if (status !== 0) throw new CannotRun(`git could not list the commits since \`${from}\`: ${firstLine(stderr)}`)
  return stdout
    .toString('utf8')
    .split('\0')
    .map((text) => ({ commit: text.split('\n', 1)[0] ?? '', message: text.slice(text.indexOf('\n') + 1) }))
}

export interface Asked {
  status: number | null
  stdout: Buffer
  stderr: Buffer
}

/** @throws CannotRun where there is no git, or its answer is too large */
export function ask(
  { folder, environment }: Repository,
  args: readonly string[],
  input?: string,
  maxBuffer = maximumAnswerBytes,
): Asked {
  const { status, stdout, stderr, error } = spawnSync('git', ['-C', folder, ...args], {
    env: cleanEnvironment(environment),
    maxBuffer,
    ...(input === undefined ? { stdio: ['ignore', 'pipe', 'pipe'] as const } : { input }),
  })
  if (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new CannotRun('There is no `git` to ask. Install it, or put it into PATH.')
    if (code === 'ENOBUFS')
      throw new CannotRun(`git answered with more than ${maxBuffer} bytes: there is too much to compare.`)
    throw error
  }
  return { status, stdout, stderr }
}

function cleanEnvironment(environment: World['environment']): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => !name.startsWith('GIT_'))
  return {
    PATH: process.env.PATH,
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_TERMINAL_PROMPT: '0',
    // A clone without all objects would fetch each of them by itself.
    GIT_NO_LAZY_FETCH: '1',
  }
}

export function firstLine(text: Buffer): string {
  return (text.toString('utf8').split('\n', 1)[0] ?? '').replace(/\p{Cc}/gu, ' ').slice(0, 300)
}
