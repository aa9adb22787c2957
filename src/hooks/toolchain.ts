/** Compiler and emulator for an architecture, as Debian calls them. */
import { dirname, resolve } from 'node:path'
import type { Architecture } from '#domain/vocabulary.ts'
import { gnuMachineOf, type GnuMachine } from './gnu-machine.ts'
import type { Machine } from './machine.ts'

export interface Toolchain {
  triplet: string
  /** What its programs look like. */
  programs: GnuMachine
  /** What stands before `gcc`: `aarch64-linux-gnu-`; empty for the machine's own. */
  prefix: string
  /** What stands before a program to run it; empty where it runs by itself. */
  emulator: string
  /** Where an emulated program finds its libraries. */
  librariesFolder: string | undefined
  /** First lines of what compiler and emulator say about themselves. */
  versions: string[]
}

export interface Needs {
  compiler: boolean
  emulator: boolean
}

export type FoundToolchain =
  | { toolchain: Toolchain; missing?: undefined; why?: undefined }
  | { toolchain?: undefined; missing: string[]; why?: undefined }
  | { toolchain?: undefined; missing?: undefined; why: string }

/**
 * Finds what is needed to build for an architecture and to run what was built.
 * @returns the tools; else the Debian packages that are missing, or why there can be none
 */
export function findToolchain(
  { gnu: triplet, debian: port }: Pick<Architecture, 'gnu' | 'debian'>,
  isNative: boolean,
  needs: Needs,
  machine: Machine,
): FoundToolchain {
  const programs = triplet === undefined ? undefined : gnuMachineOf(triplet)
  if (triplet === undefined || !programs) return { why: 'its GNU triplet in `architectures.yml` is missing or unknown' }
  if (!isNative && port === undefined) return { why: 'it is no Debian port, so Debian has no cross compiler for it' }

  const missing: string[] = []
  const versions: string[] = []
  const target = programs.compiler ?? triplet
  const prefix = isNative ? '' : `${target}-`
  // The compiler knows where the C library is; without one it repeats the name.
  const startFile = machine.ask(`${prefix}gcc`, '-print-file-name=crt1.o')
  if (needs.compiler || needs.emulator) {
    const library = isNative ? 'libc6-dev' : `libc6-dev-${port ?? ''}-cross`
    if (startFile === undefined) missing.push(isNative ? 'gcc' : `gcc-${target.replaceAll('_', '-')}`)
    if (!startFile?.includes('/')) missing.push(library)
    versions.push(machine.ask(`${prefix}gcc`, '--version') ?? '')
  }
  let emulator = ''
  if (!isNative) {
    const names = [`qemu-${programs.qemu}`, `qemu-${programs.qemu}-static`]
    emulator = names.find((command) => machine.find(command) !== undefined) ?? ''
    if (emulator === '' && needs.emulator) missing.push('qemu-user')
    if (emulator !== '') versions.push(machine.ask(emulator, '--version') ?? '')
  }
  if (missing.length > 0) return { missing }
  // /usr/aarch64-linux-gnu/lib/crt1.o, by way of the compiler's own folder
  const librariesFolder = isNative || startFile === undefined ? undefined : dirname(dirname(resolve(startFile)))
  if (emulator !== '' && librariesFolder !== undefined) emulator += ` -L ${librariesFolder}`
  return { toolchain: { triplet, programs, prefix, emulator, librariesFolder, versions: versions.filter(Boolean) } }
}
