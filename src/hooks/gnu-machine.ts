/**
 * What the first word of a GNU triplet means to others: to ELF headers, to QEMU, and to Debian's cross
 * compilers. Machine numbers and flags are those of elf.h:
 * https://sourceware.org/git/?p=glibc.git;f=elf/elf.h
 */
import type { Elf } from './elf.ts'

export interface GnuMachine {
  bits: Elf['bits']
  endianness: Elf['endianness']
  /** `e_machine` of its programs. */
  machine: number
  /** Bits of `e_flags` that tell the ABI. */
  abi?: { mask: number; value: number; name: string }
  /** Name of the emulator, after `qemu-`. */
  qemu: string
  /** Triplet of Debian's cross compiler, where it is another one. */
  compiler?: string
}

const little32 = { bits: 32, endianness: 'little' } as const
const little64 = { bits: 64, endianness: 'little' } as const
const big64 = { bits: 64, endianness: 'big' } as const
const i386 = { ...little32, machine: 3, qemu: 'i386' } as const
const doubleFloat = 'double-float ABI'

const machines = new Map<string, GnuMachine>([
  ['x86_64', { ...little64, machine: 62, qemu: 'x86_64' }],
  ['i386', { ...i386, compiler: 'i686-linux-gnu' }],
  ['i686', i386],
  ['aarch64', { ...little64, machine: 183, qemu: 'aarch64' }],
  ['arm', { ...little32, machine: 40, qemu: 'arm' }],
  ['powerpc64le', { ...little64, machine: 21, abi: { mask: 0x3, value: 0x2, name: 'ELFv2 ABI' }, qemu: 'ppc64le' }],
  ['powerpc64', { ...big64, machine: 21, qemu: 'ppc64' }],
  ['s390x', { ...big64, machine: 22, qemu: 's390x' }],
  ['riscv64', { ...little64, machine: 243, abi: { mask: 0x6, value: 0x4, name: doubleFloat }, qemu: 'riscv64' }],
  [
    'loongarch64',
    { ...little64, machine: 258, abi: { mask: 0x7, value: 0x3, name: doubleFloat }, qemu: 'loongarch64' },
  ],
  ['mips64el', { ...little64, machine: 8, qemu: 'mips64el' }],
])

// EABI version 5 and its hard-float variant.
const hardFloat = { mask: 0xff00_0400, value: 0x0500_0400, name: 'hard-float EABI' }

/** What is known of a GNU triplet; undefined where it is not known here. */
export function gnuMachineOf(triplet: string): GnuMachine | undefined {
  const found = machines.get(triplet.split('-')[0] ?? '')
  return found && triplet.endsWith('eabihf') ? { ...found, abi: hardFloat } : found
}

/** Why a header is not one of a machine's programs, in words; undefined where it is. */
export function mismatchOf(elf: Elf, expected: GnuMachine): string | undefined {
  const isOfMachine =
    elf.machine === expected.machine && elf.bits === expected.bits && elf.endianness === expected.endianness
  if (!isOfMachine) return machineInWords(elf)
  const { abi } = expected
  // JavaScript's `&` makes negative numbers of large ones.
  const isOfAbi = abi === undefined || (elf.flags & abi.mask) >>> 0 === abi.value
  return isOfAbi ? undefined : `${machineInWords(elf)}, flags 0x${elf.flags.toString(16)}`
}

const names = new Map<number, string>([
  [3, 'Intel 80386'],
  [8, 'MIPS'],
  [21, 'PowerPC64'],
  [22, 'IBM S/390'],
  [40, 'ARM'],
  [62, 'x86-64'],
  [183, 'AArch64'],
  [243, 'RISC-V'],
  [258, 'LoongArch'],
])

/** `64-bit little-endian AArch64`, with the ABI where one is known. */
export function machineInWords(of: Pick<Elf, 'bits' | 'endianness' | 'machine'> & Pick<GnuMachine, 'abi'>): string {
  const name = names.get(of.machine) ?? `machine ${of.machine}`
  return `${of.bits}-bit ${of.endianness}-endian ${name}${of.abi ? `, ${of.abi.name}` : ''}`
}
