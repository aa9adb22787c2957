/** The report object, from the inputs of the action and from what GitHub says about the job. */
import { architectureOf } from './architecture.mjs'
import { Mistake, shown } from './mistake.mjs'
import { countTests, parseCounts } from './test-counts.mjs'

/** @typedef {import('./world.d.ts').World} World */
/** @typedef {import('./world.d.ts').Report} Report */

export const levels = /** @type {const} */ (['available', 'builds', 'starts', 'tested'])
export const executions = /** @type {const} */ (['native', 'emulated', 'cross'])

/**
 * How GitHub says that a step or a job has ended, and our own words.
 * @type {ReadonlyMap<string, import('./world.d.ts').Outcome>}
 */
export const outcomes = new Map([
  ['success', 'passed'],
  ['failure', 'failed'],
  ['cancelled', 'cancelled'],
  ['skipped', 'skipped'],
  ['passed', 'passed'],
  ['failed', 'failed'],
  ['infra', 'infra'],
])

/**
 * @param {World} world
 * @returns {Report}
 */
export function buildReport(world) {
  const { environment } = world
  const project = required('project', world)
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(project)) {
    throw new Mistake(
      `Unexpected project \`${shown(project)}\`, expected the name of its file on the site, such as \`sqlite\`.`,
    )
  }
  const level = oneOf('level', levels, required('level', world))
  const execution = oneOf('execution', executions, input('execution', world))
  if (level === undefined) throw new Mistake('Expected `level`.')
  const architecture = architectureOf(input('architecture', world), execution, world)
  const ended = outcomeOf(world)
  const counts = countsOf(ended, world)
  // A job that tolerates failed tests is green all the same.
  const outcome = ended === 'passed' && counts !== undefined && counts.failed > 0 ? 'failed' : ended
  const os = (environment.RUNNER_OS ?? 'Linux').toLowerCase()
  const jobId = /^\d{1,20}$/.exec(input('job-id', world) ?? '')?.[0]

  const repository = given('GITHUB_REPOSITORY', /^[\w.-]+\/[\w.-]+$/, world)
  const id = given('GITHUB_RUN_ID', /^\d{1,20}$/, world)
  const attempt = Number(given('GITHUB_RUN_ATTEMPT', /^[1-9]\d{0,3}$/, world))
  const job =
    text('job', 200, input('job', world)) ?? `${given('GITHUB_JOB', /^[\w-]{1,100}$/, world)} (${architecture})`
  const repositoryId = /^\d{1,20}$/.exec(environment.GITHUB_REPOSITORY_ID ?? '')?.[0]
  const commit = /^[0-9a-f]{40,64}$/.exec(environment.GITHUB_SHA ?? '')?.[0]
  const page = `${environment.GITHUB_SERVER_URL ?? 'https://github.com'}/${repository}/actions/runs/${id}`

  return {
    schema: 'works-on-arm/report@1',
    project,
    architecture,
    ...(os === 'linux' ? {} : { os: os.slice(0, 40) }),
    ...optional('libc', text('libc', 40, input('libc', world))),
    ...optional('version', text('version', 80, input('version', world))),
    ...optional('commit', commit),
    level,
    outcome,
    ...optional('execution', execution),
    observedAt: `${new Date(world.now()).toISOString().slice(0, 19)}Z`,
    link:
      linkOf(input('link', world)) ?? (jobId === undefined ? `${page}/attempts/${attempt}` : `${page}/job/${jobId}`),
    run: {
      provider: 'github-actions',
      repository,
      ...optional('repositoryId', repositoryId),
      ...optional('workflow', isText(environment.GITHUB_WORKFLOW, 200) ? environment.GITHUB_WORKFLOW : undefined),
      id,
      attempt,
      job,
      ...optional('jobId', jobId),
    },
    ...optional('counts', counts),
  }
}

/**
 * An input of the action; what is empty was not given.
 * @param {string} name
 * @param {World} world
 */
export function input(name, { environment }) {
  return environment[`INPUT_${name.toUpperCase()}`]?.trim() || undefined
}

/**
 * @param {string} name
 * @param {World} world
 */
function required(name, world) {
  const value = input(name, world)
  if (value === undefined) throw new Mistake(`Expected \`${name}\`.`)
  return value
}

/**
 * What was counted. Where the tests were not reached there is no file, and where they crashed there may be none.
 * @param {import('./world.d.ts').Outcome} outcome
 * @param {World} world
 */
function countsOf(outcome, world) {
  const said = input('counts', world)
  const files = input('test-report', world)
  if (said !== undefined && files !== undefined)
    throw new Mistake('Expected either `counts` or `test-report`, not both.')
  if (said !== undefined) return parseCounts(said)
  if (files === undefined || (outcome !== 'passed' && outcome !== 'failed')) return undefined
  return countTests(files, world.directory, outcome === 'passed')
}

/**
 * @param {World} world
 * @returns {import('./world.d.ts').Outcome}
 */
function outcomeOf(world) {
  const word = required('outcome', world)
  const outcome = outcomes.get(word.toLowerCase())
  if (outcome !== undefined) return outcome
  throw new Mistake(`Unexpected outcome \`${shown(word)}\`, expected one of ${[...outcomes.keys()].join(', ')}.`)
}

/**
 * @template {string} T
 * @param {string} name
 * @param {readonly T[]} known
 * @param {string | undefined} word
 * @returns {T | undefined}
 */
function oneOf(name, known, word) {
  const found = known.find((one) => one === word)
  if (word !== undefined && found === undefined) {
    throw new Mistake(`Unexpected ${name} \`${shown(word)}\`, expected one of ${known.join(', ')}.`)
  }
  return found
}

/**
 * @param {string} name
 * @param {number} maximum
 * @param {string | undefined} value
 */
function text(name, maximum, value) {
  if (value === undefined || isText(value, maximum)) return value
  throw new Mistake(`Unexpected ${name} \`${shown(value)}\`, expected one line of at most ${maximum} characters.`)
}

/**
 * One line, short, nothing that turns text around or is not seen.
 * @param {string | undefined} value
 * @param {number} maximum
 */
function isText(value, maximum) {
  return (
    value !== undefined &&
    value.length > 0 &&
    value.length <= maximum &&
    /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u.test(value)
  )
}

/** @param {string | undefined} link */
function linkOf(link) {
  if (link === undefined) return undefined
  if (link.length <= 2000 && /^https?:\/\/[^\s\\<>"]+$/.test(link) && URL.canParse(link) && isText(link, 2000))
    return link
  throw new Mistake(`Unexpected link \`${shown(link)}\`, expected one that starts with \`https://\`.`)
}

/**
 * What GitHub sets for every step.
 * @param {string} name
 * @param {RegExp} pattern
 * @param {World} world
 */
function given(name, pattern, { environment }) {
  const value = environment[name] ?? ''
  if (!pattern.test(value))
    throw new Mistake(`Unexpected ${name} \`${shown(value)}\`: this is no job of GitHub Actions.`)
  return value
}

/**
 * @template {string} K
 * @template T
 * @param {K} key
 * @param {T | undefined} value
 * @returns {{ [key in K]?: T }}
 */
function optional(key, value) {
  return value === undefined ? {} : /** @type {{ [key in K]?: T }} */ ({ [key]: value })
}
