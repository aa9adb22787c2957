import { expect, test } from 'vitest'
import { architectureOfPlatform } from '#ingest/oci-platform.ts'

test.each([
  ['amd64', undefined, 'amd64'],
  ['x86_64', undefined, 'amd64'],
  ['amd64', 'v1', 'amd64'],
  ['arm64', undefined, 'arm64'],
  ['arm64', '', 'arm64'],
  ['arm64', 'v8', 'arm64'],
  ['aarch64', undefined, 'arm64'],
  ['armv8', undefined, 'arm64'],
  ['arm', undefined, 'armv7'],
  ['arm', 'v7', 'armv7'],
  ['arm', '7', 'armv7'],
  ['arm', 'armv7', 'armv7'],
  ['arm', 'v6', 'armv6'],
  ['armv7', undefined, 'armv7'],
  ['armv7l', undefined, 'armv7'],
  ['armv6', undefined, 'armv6'],
  ['armhf', undefined, 'armv7'],
  ['386', undefined, 'i386'],
  ['i686', undefined, 'i386'],
  ['ppc64le', undefined, 'ppc64le'],
  ['s390x', undefined, 's390x'],
  ['riscv64', undefined, 'riscv64'],
  ['loong64', undefined, 'loong64'],
  ['mips64le', undefined, 'mips64le'],
])('%s with the variant %s is %s', (architecture, variant, id) => {
  expect(architectureOfPlatform({ os: 'linux', architecture, variant })).toBe(id)
})

test.each([
  ['arm', 'v5'],
  ['arm', 'v8'],
  ['arm', 'unrecognized'],
  ['armv5', undefined],
  ['armel', undefined],
  ['amd64', 'v3'],
  ['arm64', 'v9'],
  ['riscv64', 'rva23u64'],
  ['unknown', undefined],
])('%s with the variant %s is none that we name', (architecture, variant) => {
  expect(architectureOfPlatform({ os: 'linux', architecture, variant })).toBeUndefined()
})
