/** What the action does: makes the report, writes it, sends it, and says what became of it. */
import { randomUUID } from 'node:crypto'
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { buildReport, input } from './build-report.mjs'
import { deliver, receiverOf } from './deliver.mjs'
import { Mistake, shown } from './mistake.mjs'

/** @typedef {import('./world.d.ts').World} World */

/** Only what the owners of a repository start shows what the project is; anybody can open a pull request. */
export const trustedEvents = ['push', 'schedule', 'workflow_dispatch', 'release']

/**
 * Never throws, and never lets the job fail unless it is asked to.
 * @param {World} world
 * @returns {Promise<0 | 1>} exit code
 */
export async function report(world) {
  const mustSend = input('fail-on-error', world) === 'true'
  try {
    const event = world.environment.GITHUB_EVENT_NAME ?? ''
    if (!trustedEvents.includes(event)) {
      tell(
        'notice',
        `Nothing is reported of a run that ${shown(event || 'nobody')} started: expected one of ${trustedEvents.join(', ')}.`,
        world,
      )
      output('sent', 'false', world)
      return 0
    }
    await makeAndSend(world)
    return 0
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    tell(
      mustSend ? 'error' : 'warning',
      error instanceof Mistake ? why : `Something went wrong that should not: ${shown(why)}`,
      world,
    )
    output('sent', 'false', world)
    return mustSend ? 1 : 0
  }
}

/** @param {World} world */
async function makeAndSend(world) {
  const made = buildReport(world)
  const address = input('receiver', world)
  const file = input('file', world) ?? (address === undefined ? 'works-on-arm-report.json' : undefined)
  const what = `${made.project} on ${made.architecture}, ${made.level}: ${made.outcome}`
  if (file !== undefined) {
    const path = resolve(world.directory, file)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, `${JSON.stringify(made, null, 2)}\n`)
    output('file', path, world)
    world.print(`Written: ${what}\n`)
  }
  if (address === undefined) {
    output('sent', 'false', world)
    return
  }
  const receiver = receiverOf(address)
  await deliver(made, { receiver, audience: input('audience', world) ?? receiver.href.replace(/\/$/, '') }, world)
  output('sent', 'true', world)
  world.print(`Sent: ${what}\n`)
}

/**
 * A line that GitHub shows beside the run.
 * @param {'notice' | 'warning' | 'error'} level
 * @param {string} message
 * @param {World} world
 */
function tell(level, message, world) {
  const escaped = message.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')
  world.print(`::${level} title=Works on ARM::${escaped}\n`)
}

/**
 * An output of the step. The delimiter cannot be guessed, so no value can end it and set another one.
 * @param {string} name
 * @param {string} value
 * @param {World} world
 */
function output(name, value, { environment }) {
  if (!environment.GITHUB_OUTPUT) return
  const end = randomUUID()
  appendFileSync(environment.GITHUB_OUTPUT, `${name}<<${end}\n${value}\n${end}\n`)
}
