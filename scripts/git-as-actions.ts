/**
 * git as a workflow uses it: it commits as the bot of GitHub Actions, runs no hooks, and gets its token by the
 * environment, so that no list of processes shows it.
 */
import { execFileSync } from 'node:child_process'

const bot = 'github-actions[bot]'
const address = `41898282+${bot}@users.noreply.github.com`
const author = {
  GIT_AUTHOR_NAME: bot,
  GIT_AUTHOR_EMAIL: address,
  GIT_COMMITTER_NAME: bot,
  GIT_COMMITTER_EMAIL: address,
}

/** git on this clone alone, which needs no token. */
export function git(...args: string[]): string {
  return runGit(args, {})
}

/** git with the token of GITHUB_TOKEN. */
export function remoteGit(...args: string[]): string {
  return runGit(args, credentials())
}

function runGit(args: readonly string[], more: Record<string, string>): string {
  const { GITHUB_TOKEN: _, ...environment } = process.env
  return execFileSync('git', ['-c', 'core.hooksPath=/dev/null', ...args], {
    encoding: 'utf8',
    env: { ...environment, GIT_TERMINAL_PROMPT: '0', ...author, ...more },
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 256 * 2 ** 20,
  })
}

/** As git is told of them without a file and without an argument. */
function credentials(): Record<string, string> {
  const { GITHUB_TOKEN, GITHUB_SERVER_URL = 'https://github.com' } = process.env
  if (!GITHUB_TOKEN) return {}
  const basic = Buffer.from(`x-access-token:${GITHUB_TOKEN}`).toString('base64')
  return {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${GITHUB_SERVER_URL}/.extraheader`,
    GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${basic}`,
  }
}
