/** Imports no package, neither here nor in its neighbours: it has to run where packages are missing. */
import { parseArgs } from 'node:util'
import { examine, type Finding } from './doctor-findings.ts'
import { settingsShown } from './doctor-settings.ts'
import { thisMachine } from './doctor-tools.ts'
import { CannotRun, type World } from './world.ts'

export const doctorHelp = `doctor [--json] [--content DIR]
  What is installed, what is missing and how to get it, which Node.js runs, which settings are set. It runs without
  packages too; what the tests alone use may be missing.`

/** @returns exit code: 0 everything that is required is here, 1 something is not */
export async function doctor(args: readonly string[], world: World, machine = thisMachine()): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { content: { type: 'string' }, json: { type: 'boolean' }, debug: { type: 'boolean' } },
  })
  if (positionals.length > 0) throw new CannotRun('`doctor` takes options alone.')
  const findings = await examine(values.content, world, machine)
  const settings = settingsShown(world.environment)
  const lacking = findings.filter(({ isRequired, state }) => isRequired && state !== 'ok')
  if (values.json) world.answer(`${JSON.stringify({ isReady: lacking.length === 0, findings, settings }, null, 2)}\n`)
  else {
    world.answer(findings.map(paragraph).join(''))
    const set = Object.entries(settings).map(([name, value]) => `${name}=${value}`)
    world.answer(
      `${'settings'.padEnd(width)}${set.length === 0 ? 'none are set' : set.join(`\n${' '.repeat(width)}`)}\n`,
    )
  }
  world.tell(
    lacking.length === 0
      ? 'Everything that is required is here.\n'
      : `Required, and not here as it should be: ${lacking.map(({ name }) => name).join(', ')}.\n`,
  )
  return lacking.length === 0 ? 0 : 1
}

const width = 19

function paragraph({ name, state, isRequired, found, neededFor, fix }: Finding): string {
  const mark = state === 'ok' ? 'ok' : isRequired ? state.toUpperCase() : state
  const more = state === 'ok' ? '' : `\n${' '.repeat(width)}for ${neededFor}\n${' '.repeat(width)}fix: ${fix}`
  return `${name.padEnd(width)}${mark.padEnd(9)}${found}${more}\n`
}
