/** Programs of the system that some tests compare with. */
import { spawnSync } from 'node:child_process'

/**
 * Whether a test without these programs is skipped. In CI it is not: the set-up there brings them,
 * and a test that nobody notices missing is none.
 */
export function isMissing(...commands: readonly (readonly [program: string, ...args: string[]])[]): boolean {
  if (process.env.CI) return false
  return commands.some(([program, ...args]) => spawnSync(program, args).status !== 0)
}
