/**
 * `node scripts/publish-evidence.ts COLLECTED --digest SHA256 --branch NAME`: commits what was validated, and pushes it.
 * The last of the three jobs of verify.yml and the only one that may write: it runs nothing but this file, its
 * neighbours and git, and looks at everything once more.
 *
 * COLLECTED       folder of the collecting job
 * --digest        what the validating job has looked at
 * --branch NAME   branch to push to; where it is there already, it is what the commit stands on
 * --content DIR   content folder; default `content`
 *
 * A token comes in GITHUB_TOKEN and goes to git alone, by the environment, so that no list of processes shows it.
 */
import { posix, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { applyAdditions, readAdditions, type Addition } from './evidence-additions.ts'
import { git, remoteGit } from './git-as-actions.ts'

const message = 'Record what CI runs and indexes show'
const tries = 3

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { content: { type: 'string', default: 'content' }, digest: { type: 'string' }, branch: { type: 'string' } },
})
const [collected, ...more] = positionals
const { content, digest, branch } = values
if (collected === undefined || more.length > 0 || digest === undefined || branch === undefined) {
  fail('Expected a folder, --digest and --branch.', 2)
}
if (!/^[A-Za-z0-9][\w./-]{0,99}$/.test(branch) || /\.\.|\/$|\.lock$|\/\//.test(branch)) {
  fail(`Unexpected branch ${JSON.stringify(branch)}.`, 2)
}
if (git('status', '--porcelain', '--untracked-files=no') !== '') fail('There are changes that are not committed.', 2)

for (let attempt = 1; ; attempt += 1) {
  const found = readAdditions(resolve(collected), resolve(content))
  if (found.digest !== digest) fail('What was collected is not what was validated. Nothing was published.', 1)
  if (found.problems.length > 0) {
    fail(`${found.problems.map((problem) => `- ${problem}\n`).join('')}Nothing was published.`, 1)
  }
  if (found.additions.length === 0) {
    process.stdout.write('There is nothing new.\n')
    break
  }
  commit(found.additions)
  if (push()) {
    process.stdout.write(`Published ${count(found.additions)} new records on \`${branch}\`.\n`)
    break
  }
  if (attempt === tries) fail('The branch does not take the commit. The next run collects it again.', 1)
  standOnWhatIsThere()
}

function commit(additions: readonly Addition[]): void {
  const paths = additions.map(({ project }) => posix.join(content, 'evidence', `${project}.jsonl`))
  applyAdditions(additions, resolve(content))
  git('add', '--', ...paths)
  git('commit', '--quiet', '--no-verify', `--message=${message}`)
  // What git has is what counts: the allow-list once more, on the commit itself.
  const rows = git('diff', '--no-renames', '--numstat', '-z', 'HEAD~1', 'HEAD').split('\0').filter(Boolean)
  const isAllowed = (row: string) => {
    const [added = '', removed = '', path = ''] = row.split('\t')
    return /^\d+$/.test(added) && removed === '0' && paths.includes(path)
  }
  const files = git('ls-files', '--stage', '-z', '--', ...paths)
    .split('\0')
    .filter(Boolean)
  const areFiles = files.length === paths.length && files.every((line) => line.startsWith('100644 '))
  if (!areFiles || rows.length !== paths.length || !rows.every(isAllowed)) {
    fail('The commit holds more than new lines of evidence. Nothing was published.', 1)
  }
}

function push(): boolean {
  try {
    remoteGit('push', '--quiet', '--no-verify', 'origin', `HEAD:refs/heads/${branch}`)
    return true
  } catch {
    return false
  }
}

/** Somebody else was faster: what they have brought is what ours has to stand on. */
function standOnWhatIsThere(): void {
  try {
    remoteGit('fetch', '--quiet', '--no-tags', '--depth=1', 'origin', `refs/heads/${branch}`)
  } catch {
    fail('The branch does not take the commit, and cannot be read. The next run collects it again.', 1)
  }
  git('reset', '--quiet', '--hard', 'FETCH_HEAD')
}

function count(additions: readonly Addition[]): number {
  return additions.reduce((sum, { lines }) => sum + lines.length, 0)
}

function fail(why: string, code: 1 | 2): never {
  process.stderr.write(`${why}\n`)
  process.exit(code)
}
