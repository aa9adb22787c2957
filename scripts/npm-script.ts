/** How `npm run` starts a program, for whoever starts the same one without npm. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * @param home the repository, in which it has to be started
 * @returns the arguments of node
 */
export function argumentsOf(script: 'build' | 'cli', home: string): string[] {
  // Ours, and started by npm in the same words.
  const { scripts } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  const [program, ...args] = scripts[script]?.split(' ') ?? []
  if (program !== 'node') throw new Error(`npm run ${script} does not start node.`)
  return args
}
