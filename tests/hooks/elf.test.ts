import { execFileSync } from 'node:child_process'
import { closeSync, openSync, readSync, realpathSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readElf, type ReadBytes } from '#hooks/elf.ts'
import { gnuMachineOf, machineInWords, mismatchOf } from '#hooks/gnu-machine.ts'
import { propertyTimeout, runsOf } from '#tests/builders.ts'
import { elfFile, type ElfParts } from './elf-file.ts'

const readerOf =
  (bytes: Uint8Array): ReadBytes =>
  (offset, length) =>
    bytes.subarray(offset, offset + length)

const someParts: fc.Arbitrary<ElfParts> = fc.record({
  bits: fc.constantFrom(32, 64),
  endianness: fc.constantFrom('little', 'big'),
  machine: fc.integer({ min: 0, max: 0xffff }),
  flags: fc.integer({ min: 0, max: 0xffff_ffff }),
  type: fc.constantFrom(2, 3),
  alignments: fc.array(
    fc.integer({ min: 0, max: 31 }).map((power) => 2 ** power),
    { maxLength: 6 },
  ),
})

describe('the header of an ELF file', () => {
  test(
    'is read as it was written, in every class and byte order',
    () => {
      fc.assert(
        fc.property(someParts, (parts) => {
          const { bits, endianness, machine, flags, alignments } = parts
          const pageAlignment = alignments.length === 0 ? undefined : Math.min(...alignments)
          expect(readElf(readerOf(elfFile(parts)))).toEqual({
            elf: { bits, endianness, machine, flags, pageAlignment },
          })
        }),
        { numRuns: runsOf(300) },
      )
    },
    propertyTimeout,
  )

  test(
    'never throws, whatever the bytes are',
    () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
          const { elf, why } = readElf(readerOf(bytes))
          expect(elf === undefined).toBe(why !== undefined)
        }),
        { numRuns: runsOf(300) },
      )
    },
    propertyTimeout,
  )

  test(
    'never throws, whatever becomes of a good one: the end cut off, bytes turned into others',
    () => {
      const change = fc.tuple(fc.nat({ max: 240 }), fc.integer({ min: 0, max: 255 }))
      fc.assert(
        fc.property(someParts, fc.nat({ max: 240 }), fc.array(change, { maxLength: 8 }), (parts, length, changes) => {
          const bytes = elfFile(parts).slice(0, length)
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
          const { elf } = readElf(readerOf(bytes))
          const alignment = elf?.pageAlignment ?? 1
          expect(Number.isInteger(Math.log2(alignment))).toBe(true)
        }),
        { numRuns: runsOf(1000) },
      )
    },
    propertyTimeout,
  )

  test('asks for no more bytes than a table of segments can have', () => {
    const bytes = elfFile()
    const view = new DataView(bytes.buffer)
    view.setBigUint64(32, 2n ** 63n, true)
    view.setUint16(56, 0xfffe, true)
    const asked: number[] = []
    const reader: ReadBytes = (offset, length) => {
      asked.push(length)
      return readerOf(bytes)(offset, length)
    }
    expect(readElf(reader).why).toContain('strange header')
    expect(Math.max(...asked)).toBeLessThan(100)
    view.setBigUint64(32, 2n ** 40n, true)
    expect(readElf(reader).why).toContain('cut off')
    expect(Math.max(...asked)).toBeLessThan(4_000_000)
  })

  test.each([
    ['a script', '#!/bin/sh\nexec .libs/jq "$@"\n'],
    ['no ELF file', 'plain text'],
    ['no ELF file', ''],
    ['an ELF file that is cut off', elfFile().slice(0, 40)],
    ['an ELF file that is no program and no library', elfFile({ type: 1 })],
    ['an ELF file with a strange alignment', elfFile({ alignments: [65536, 3] })],
  ])('tells what else it may be: %s', (why, content) => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
    expect(readElf(readerOf(bytes))).toEqual({ why })
  })

  test('takes the smallest alignment: glibc refuses a library of which one segment is aligned to less than a page', () => {
    expect(readElf(readerOf(elfFile({ alignments: [65536, 4096] }))).elf?.pageAlignment).toBe(4096)
  })
})

describe('a machine', () => {
  const headerOf = (changes: Partial<ElfParts>) => {
    const { elf } = readElf(readerOf(elfFile(changes)))
    if (!elf) throw new Error('it is a header')
    return elf
  }
  const machineOf = (triplet: string) => {
    const machine = gnuMachineOf(triplet)
    if (!machine) throw new Error(`${triplet} is known`)
    return machine
  }
  const arm = { bits: 32, machine: 40 } as const
  const power = { machine: 21 }

  test.each([
    ['aarch64-linux-gnu', {}],
    ['x86_64-linux-gnu', { machine: 62 }],
    ['i386-linux-gnu', { bits: 32, machine: 3 } as const],
    ['arm-linux-gnueabihf', { ...arm, flags: 0x0500_0400 }],
    ['powerpc64le-linux-gnu', { ...power, flags: 2 }],
    ['s390x-linux-gnu', { machine: 22, endianness: 'big' } as const],
    ['riscv64-linux-gnu', { machine: 243, flags: 5 }],
    ['loongarch64-linux-gnu', { machine: 258, flags: 0x43 }],
  ])('takes its own: %s', (triplet, header) => {
    expect(mismatchOf(headerOf(header), machineOf(triplet))).toBeUndefined()
  })

  test.each([
    ['arm-linux-gnueabihf', {}, '64-bit little-endian AArch64'],
    ['aarch64-linux-gnu', { endianness: 'big' } as const, '64-bit big-endian AArch64'],
    ['arm-linux-gnueabihf', { ...arm, flags: 0x0500_0200 }, '32-bit little-endian ARM, flags 0x5000200'],
    ['powerpc64le-linux-gnu', { ...power, flags: 1 }, '64-bit little-endian PowerPC64, flags 0x1'],
    ['powerpc64le-linux-gnu', { ...power, flags: 1, endianness: 'big' } as const, '64-bit big-endian PowerPC64'],
    ['riscv64-linux-gnu', { machine: 243, flags: 1 }, '64-bit little-endian RISC-V, flags 0x1'],
    ['s390x-linux-gnu', { machine: 22, endianness: 'big', bits: 32 } as const, '32-bit big-endian IBM S/390'],
    ['x86_64-linux-gnu', { machine: 9999 }, '64-bit little-endian machine 9999'],
  ])('does not take another one: %s, %o', (triplet, header, words) => {
    expect(mismatchOf(headerOf(header), machineOf(triplet))).toBe(words)
  })

  test('is told in words, with its ABI', () => {
    expect(machineInWords(machineOf('arm-linux-gnueabihf'))).toBe('32-bit little-endian ARM, hard-float EABI')
    expect(gnuMachineOf('vax-dec-ultrix')).toBeUndefined()
  })
})

describe('the programs of this machine', () => {
  const readelf = (...args: string[]) => {
    try {
      return execFileSync('readelf', ['-W', ...args], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
  }
  const found = readelf('--version') !== undefined

  test('readelf is there, where everything is tested', () => {
    if (process.env.CI) expect(found, 'install binutils').toBe(true)
  })

  test.skipIf(!found).each(['/bin/sh', '/bin/ls', process.execPath])('are read as readelf reads them: %s', (path) => {
    const file = openSync(realpathSync(path), 'r')
    const { elf } = readElf((offset, length) => {
      const bytes = new Uint8Array(length)
      return bytes.subarray(0, readSync(file, bytes, 0, length, offset))
    })
    closeSync(file)
    const header = readelf('-h', path) ?? ''
    const alignments = [...(readelf('-l', path) ?? '').matchAll(/^ +LOAD .*0x([0-9a-f]+)$/gm)].map(([, hex = '']) =>
      Number.parseInt(hex, 16),
    )
    expect(elf).toMatchObject({
      bits: header.includes('ELF64') ? 64 : 32,
      endianness: header.includes('little endian') ? 'little' : 'big',
      flags: Number(/Flags: +(0x[0-9a-f]+)/.exec(header)?.[1]),
      pageAlignment: Math.min(...alignments),
    })
    expect(alignments.length).toBeGreaterThan(0)
  })
})
