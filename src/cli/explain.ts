import { basename, dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { ArchitectureWords } from '#domain/architecture-words.ts'
import { nearest } from '#catalog/nearest.ts'
import { derive } from '#domain/derive.ts'
import { groupOfSupport } from '#domain/status-words.ts'
import { asOf, commonOptions, loadContent } from './options.ts'
import { CannotRun, type World } from './world.ts'

export const explainHelp = `explain PROJECT ARCHITECTURE [--json] [--as-of DATE] [--content DIR]
  Why a cell of the matrix is what it is.`

/** @returns exit code: 0 answered */
export function explain(args: readonly string[], world: World): number {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: commonOptions })
  const [projectWord, architectureWord, ...more] = positionals
  if (projectWord === undefined || architectureWord === undefined || more.length > 0) {
    throw new CannotRun('Expected a project and an architecture: `explain cockroachdb arm64`.')
  }
  const { catalog, problems } = loadContent(values, world)
  const project = catalog.project.get(catalog.moved.get(projectWord)?.data.movedTo ?? projectWord)
  if (!project) {
    const problem = problems.find(
      ({ place }) => basename(place.file) === `${projectWord}.md` && basename(dirname(place.file)) === 'projects',
    )
    if (problem) {
      const { place, reason } = problem
      throw new CannotRun(
        `The project \`${projectWord}\` has problems, which \`check\` lists: ${place.file}:${place.line}:${place.column} ${reason}`,
      )
    }
    const near = nearest(projectWord, catalog.project.keys())
    throw new CannotRun(`There is no project \`${projectWord}\`${near ? `; did you mean \`${near}\`?` : '.'}`)
  }
  const reading = new ArchitectureWords(catalog.architectures).read(architectureWord)
  if (reading.kind === 'ambiguous') {
    throw new CannotRun(
      `\`${architectureWord}\` could mean ${reading.readings.map(({ id, where }) => `\`${id}\` (${where})`).join(' or ')}.`,
    )
  }
  if (reading.kind === 'unknown') {
    throw new CannotRun(
      `There is no architecture \`${architectureWord}\`, expected one of ${[...catalog.architectures.keys()].map((id) => `\`${id}\``).join(', ')}.`,
    )
  }
  const claims = project.data.claims.filter((claim) => claim.architectures.includes(reading.id))
  const status = derive(claims, asOf(values, world))
  if (values.json) {
    world.answer(`${JSON.stringify({ project: project.id, architecture: reading.id, ...status, claims }, null, 2)}\n`)
    return 0
  }
  const lines = [
    `${project.data.name} on ${reading.id}: ${status.support}, ${status.basis} (readers first see: ${groupOfSupport[status.support]})`,
    ...status.reasons.map((reason) => `  ${reason}`),
    ...(status.link === undefined ? [] : [`  see ${status.link}`]),
    ...claims.map(
      (claim) =>
        `  claim: ${claim.support} on ${claim.date}, ${claim.link}${claim.note === undefined ? '' : `\n    ${claim.note.replace(/\s+/g, ' ')}`}`,
    ),
  ]
  world.answer(`${lines.join('\n')}\n`)
  return 0
}
