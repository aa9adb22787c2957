/** Which architectures a run of a recipe is for, and what the machine has for each of them. */
import { nearest } from '#catalog/nearest.ts'
import type { LocatedCatalog } from '#catalog/catalog.ts'
import { ArchitectureWords } from '#domain/architecture-words.ts'
import type { Architecture } from '#domain/vocabulary.ts'
import type { Machine } from '#hooks/machine.ts'
import { scriptOf, type Script } from '#hooks/recipe-script.ts'
import { findToolchain, type Toolchain } from '#hooks/toolchain.ts'
import { CannotRun } from './world.ts'

export interface Plan {
  script: Script
  runs: PlannedRun[]
  /** Architectures of the recipe that are left out, as sentences with the reason. */
  leftOut: string[]
}

export interface PlannedRun {
  id: string
  architecture: Architecture
  toolchain: Toolchain
  execution: 'native' | 'emulated'
  isCross: boolean
}

/**
 * @param wanted architectures as somebody wrote them; none means all that the machine can do
 * @throws CannotRun with the command that installs what is missing
 */
export function planRun(recipe: string, wanted: readonly string[], catalog: LocatedCatalog, machine: Machine): Plan {
  const script = scriptFor(recipe, catalog)
  const here = machine.architecture(catalog.architectures)
  const isEmulated = machine.isEmulated()
  const needs = {
    compiler: script.tasks.some(({ level }) => level === 'builds'),
    emulator: script.tasks.some(({ level }) => level !== undefined && level !== 'builds'),
  }
  const lacking = lackingForAll(script, machine)
  const missing = new Set(lacking)
  const plan: Plan = { script, runs: [], leftOut: [] }
  for (const [id, architecture] of chooseArchitectures(recipe, wanted, catalog)) {
    const isNative = id === here
    const found = findToolchain(architecture, isNative, needs, machine)
    if (found.toolchain) {
      const execution = isNative && !isEmulated ? 'native' : 'emulated'
      plan.runs.push({ id, architecture, toolchain: found.toolchain, execution, isCross: !isNative })
    } else {
      const why = found.why ?? `this machine lacks ${found.missing.join(', ')}`
      plan.leftOut.push(`${id} is left out: ${why}.`)
      for (const name of found.missing ?? []) missing.add(name)
    }
  }
  const help =
    missing.size === 0
      ? []
      : [`Nothing is installed by itself; this installs what is missing:\n\n  ${installs([...missing])}\n`]
  if (lacking.length > 0 || plan.runs.length === 0 || (wanted.length > 0 && plan.leftOut.length > 0)) {
    const lacks = lacking.map((name) => `The recipe needs ${name}.`)
    throw new CannotRun([...lacks, ...plan.leftOut, ...help].join('\n'))
  }
  plan.leftOut.push(...help)
  return plan
}

/** The command that installs packages: recommended ones stay out, one of them registers the emulator for everybody. */
export function installs(packages: readonly string[]): string {
  return `apt-get install --no-install-recommends ${[...packages].sort().join(' ')}`
}

function lackingForAll({ packages, tasks }: Script, machine: Machine): string[] {
  const tools: [command: string, name: string][] = [['bash', 'bash']]
  if (tasks.some(({ fetch }) => fetch !== undefined)) tools.push(['apt-get', 'apt'], ['dpkg-source', 'dpkg-dev'])
  return [
    ...tools.filter(([command]) => machine.find(command) === undefined).map(([, name]) => name),
    ...machine.missingPackages(packages),
  ]
}

function scriptFor(recipe: string, { recipe: recipes }: LocatedCatalog): Script {
  const entry = recipes.get(recipe)
  if (!entry) {
    const near = nearest(recipe, recipes.keys())
    throw new CannotRun(
      `There is no valid recipe \`${recipe}\`${near ? `; did you mean \`${near}\`?` : '; `check` tells what is wrong with its file.'}`,
    )
  }
  const script = scriptOf(recipe, entry.data)
  if (script) return script
  const runnable = [...recipes.values()].filter(({ data }) => data.proves !== undefined).map(({ id }) => `\`${id}\``)
  const others = runnable.length > 0 ? ` These can be run: ${runnable.join(', ')}.` : ''
  throw new CannotRun(
    `The recipe \`${recipe}\` is for people: it does not say what a run proves (\`proves\`: project, version, binaries).${others}`,
  )
}

function chooseArchitectures(
  recipe: string,
  wanted: readonly string[],
  { architectures, recipe: recipes }: LocatedCatalog,
): [string, Architecture][] {
  const of = recipes.get(recipe)?.data.architectures ?? []
  const words = new ArchitectureWords(architectures)
  const ids = wanted.map((word) => {
    const reading = words.read(word)
    if (reading.kind === 'known' && of.includes(reading.id)) return reading.id
    throw new CannotRun(
      `Unexpected architecture \`${word}\`, expected one that the recipe is for: ${of.map((id) => `\`${id}\``).join(', ')}.`,
    )
  })
  // In the order of columns, which begins with the control.
  return [...architectures].filter(([id]) => (ids.length > 0 ? ids : of).includes(id))
}
