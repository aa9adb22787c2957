/** Holds "Run a recipe" of docs/evidence.md to what the command does: what is documented is run as it is written. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Recipe, Step, Verification } from '#domain/recipe.ts'
import { stepVariableNames } from '#domain/step-variables.ts'
import { projectFile, run } from '#tests/builders.ts'
import { machineWith, plainRecipe } from './recipe-machine.ts'

const page = readFileSync(new URL('../../docs/evidence.md', import.meta.url), 'utf8')
const [, section = ''] = /^## Run a recipe\n(.*?)(?=^## |(?![\s\S]))/ms.exec(page) ?? []
const fenced = (language: string) => new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'ms').exec(section)?.[1] ?? ''
const commands = fenced('sh')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => line.replace('npm run --silent cli -- ', '').split(' '))

/** Names in the first column of the tables whose head begins so. */
function namesIn(head: string): string[] {
  const table = section.slice(section.indexOf(`| ${head} `)).split('\n\n')[0] ?? ''
  return [...table.matchAll(/^\| `([^`]+)`/gm)].map(([, name = '']) => name)
}

test.each(commands.map((args) => ({ command: args.join(' '), args })))(
  'runs as it is written: $command',
  async ({ args }) => {
    // The example cannot be started by the machine itself, whose programs are made by hand.
    const directory = machineWith(plainRecipe, ['gcc'])
    writeFileSync(join(directory, 'content/projects/example.md'), projectFile({ name: 'Example' }))
    writeFileSync(join(directory, 'content/recipes/example.md'), fenced('markdown'))
    const environment = { PATH: join(directory, 'bin') }
    const ran = await run([...args, '--json', '--content', 'content'], { directory, environment })
    expect(ran.code).toBe(0)
    const { runs } = JSON.parse(ran.answer) as {
      runs: { results: { level: string; outcome: string; counts?: object }[] }[]
    }
    expect(runs[0]?.results).toMatchObject([
      { level: 'builds', outcome: 'passed' },
      { level: 'starts', outcome: 'passed' },
      { level: 'tested', outcome: 'passed', counts: { passed: 1, failed: 0, skipped: 0 } },
    ])
  },
)

test('the example is run by two commands', () => {
  expect(commands.map(([name]) => name)).toEqual(['run', 'run'])
})

test('every variable is documented', () => {
  expect(namesIn('Variable')).toEqual(stepVariableNames)
})

test('every field that is documented is one of a recipe', () => {
  const fields = [
    ...Object.keys(Recipe.shape),
    ...Object.keys(Step.shape).map((key) => `steps[].${key}`),
    ...Object.keys(Verification.shape).map((key) => `verify[].${key}`),
  ]
  expect(namesIn('Field').filter((name) => !fields.includes(name))).toEqual([])
  expect(namesIn('Field')).toEqual(expect.arrayContaining(['proves', 'packages', 'steps[].fetch', 'verify[].report']))
})
