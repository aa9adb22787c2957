/** What this machine is, and what it can do. Nothing is ever installed or registered on it. */
import { execFileSync } from 'node:child_process'
import { accessSync, constants, realpathSync } from 'node:fs'
import { machine as unameMachine } from 'node:os'
import { delimiter, isAbsolute, join } from 'node:path'
import type { Architecture } from '#domain/vocabulary.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Asks a machine. Tests bring their own by a PATH with other programs. */
export class Machine {
  private readonly environment: Environment

  constructor(environment: Environment) {
    this.environment = environment
  }

  /** Where a command is; undefined where it is not. */
  find(command: string): string | undefined {
    return (this.environment.PATH ?? '')
      .split(delimiter)
      .filter(isAbsolute)
      .map((folder) => join(folder, command))
      .find(isExecutable)
  }

  /** The first line that a command prints; undefined where it fails. */
  ask(command: string, ...args: string[]): string | undefined {
    const program = this.find(command)
    return program === undefined ? undefined : firstLineOf(program, args, this.environment)
  }

  /** Id of the architecture whose programs this machine runs by itself. */
  architecture(architectures: ReadonlyMap<string, Architecture>): string | undefined {
    const port = this.ask('dpkg', '--print-architecture')
    const named = unameMachine()
    for (const [id, { debian, uname }] of architectures) {
      if (port === undefined ? uname.includes(named) : debian === port) return id
    }
    return undefined
  }

  /**
   * Whether this very process runs under an emulator that the kernel starts for foreign programs, as in a
   * container for another architecture. QEMU hides itself in `/proc/self` alone: another process sees the
   * emulator in its place.
   */
  isEmulated(): boolean {
    const program = this.ask('readlink', `/proc/${process.pid}/exe`)
    return program !== undefined && isEmulator(program, realpathSync(process.execPath))
  }

  /** Of these Debian packages the ones that are not installed; none where nobody can tell. */
  missingPackages(packages: readonly string[]): string[] {
    const query = this.find('dpkg-query')
    if (query === undefined) return []
    return packages.filter((name) => {
      const status = firstLineOf(query, ['--show', '--showformat=${db:Status-Status}\n', name], this.environment)
      return status !== 'installed'
    })
  }
}

/** @param own what this process believes to be */
export function isEmulator(program: string, own: string): boolean {
  return program !== own && /(^|\/)qemu-[^/]*$/.test(program)
}

function firstLineOf(program: string, args: readonly string[], environment: Environment): string | undefined {
  try {
    const env = { PATH: environment.PATH, LC_ALL: 'C' }
    const answer = execFileSync(program, args, {
      env,
      encoding: 'utf8',
      timeout: 30_000,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return answer.split('\n')[0]
  } catch {
    return undefined
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
