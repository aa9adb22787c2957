import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { nearest } from '#catalog/nearest.ts'
import { pathInContent } from './content-path.ts'
import { inspectFile, stageNames, type Inspection, type StageName } from './inspect-stages.ts'
import { commonOptions, contentFolder, loadContent, shownPath } from './options.ts'
import { publishingContext } from './publishing.ts'
import { serializeProblems, summarizeProblems } from './report.ts'
import { CannotRun, type World } from './world.ts'

export const inspectHelp = `inspect FILE [--stage ${stageNames.join('|')}] [--json] [--as-of DATE] [--content DIR]
  What one content file, named from here or from the content folder, is at each stage, as JSON. Without --stage,
  a line for each of them.
  read      the text, and what had to be repaired to read it
  parse     the front matter as YAML says it, where each key stands, and the body
  validate  the data behind the catalog's door, and what its references lead to
  derive    what follows from it: of a project every cell, with its reasons
  view      what its page shows
  render    its text as HTML`

/** @returns exit code: 0 shown, 1 the file has problems before that stage is reached */
export function inspect(args: readonly string[], world: World): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...commonOptions, stage: { type: 'string' } },
  })
  const [given, ...more] = positionals
  if (given === undefined || more.length > 0) {
    throw new CannotRun('Expected one file: `inspect content/projects/redis.md --stage derive`.')
  }
  const wanted = stageOf(values.stage)
  const folder = contentFolder(values, world)
  const path = pathInContent(given, folder, world, (entry) => entry.isFile())
  const loaded = loadContent(values, world)
  const shown = shownPath(join(folder, path), world)
  const problems = loaded.problems.filter(({ place }) => place.file === shown)
  const inspection = inspectFile({ path, folder, shown, problems }, publishingContext(loaded, values, world))

  const { stages, stop } = inspection
  const stage = wanted === undefined ? undefined : stages[wanted]
  if (stage) {
    world.answer(`${JSON.stringify(stage.value(), null, 2)}\n`)
    return 0
  }
  if (wanted === undefined) answerOverview(inspection, values.json === true, world)
  else if (stop) world.answer(`${JSON.stringify({ stage: stop.at, problems: stop.problems }, null, 2)}\n`)
  else throw new CannotRun(`\`${path}\` has no stage \`${wanted}\`: ${Object.keys(stages).join(', ')}.`)
  if (!stop) return 0
  world.tell(`${summarizeProblems(stop.problems)}: the file stops at \`${stop.at}\`.\n`)
  return 1
}

function stageOf(word: string | undefined): StageName | undefined {
  if (word === undefined) return undefined
  const stage = stageNames.find((name) => name === word)
  if (stage !== undefined) return stage
  const near = nearest(word, stageNames)
  const expected = near === undefined ? `one of ${stageNames.map((name) => `\`${name}\``).join(', ')}` : `\`${near}\``
  throw new CannotRun(`Unexpected stage \`${word}\`, expected ${expected}.`)
}

function answerOverview({ path, kind, stages, stop }: Inspection, isJson: boolean, world: World): void {
  const reached = stageNames.flatMap((name) => {
    const stage = stages[name]
    return stage === undefined ? [] : [{ stage: name, summary: stage.summary() }]
  })
  if (isJson) {
    const stopsAt = stop?.at ?? null
    const overview = { file: path, kind, stages: reached, stopsAt, problems: stop?.problems ?? [] }
    world.answer(`${JSON.stringify(overview, null, 2)}\n`)
    return
  }
  world.answer(
    `${path}, of kind ${kind}\n${reached.map(({ stage, summary }) => `  ${stage.padEnd(9)} ${summary}\n`).join('')}`,
  )
  if (stop) world.answer(serializeProblems(stop.problems, 'text', world.isTerminal))
}
