/** What the commands of a recipe find in their environment: nothing of this machine's but the way to its programs. */
import type { StepVariable } from '#domain/step-variables.ts'
import type { Architecture } from '#domain/vocabulary.ts'
import type { Toolchain } from './toolchain.ts'

export interface StepFolders {
  /** Where steps begin. */
  work: string
  home: string
  temporary: string
}

/** @param path the machine's own PATH; no other variable of it is handed on, for some hold secrets */
export function stepEnvironment(
  { work, home, temporary }: StepFolders,
  { id, debian }: Pick<Architecture, 'debian'> & { id: string },
  { triplet, prefix, emulator, librariesFolder }: Toolchain,
  variables: Readonly<Record<string, string>>,
  jobs: number,
  path: string,
): Record<string, string> {
  const offered: Record<StepVariable, string | undefined> = {
    WORK: work,
    ARCHITECTURE: id,
    DEBIAN_PORT: debian ?? '',
    GNU_TRIPLET: triplet,
    CROSS_COMPILE: prefix,
    CC: `${prefix}gcc`,
    EMULATOR: emulator,
    QEMU_LD_PREFIX: emulator === '' ? undefined : librariesFolder,
    JOBS: String(jobs),
  }
  const environment: Record<string, string> = {
    ...variables,
    PATH: path,
    HOME: home,
    TMPDIR: temporary,
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
    TERM: 'dumb',
  }
  for (const [name, value] of Object.entries(offered)) if (value !== undefined) environment[name] = value
  return environment
}
