import { chmodSync } from 'node:fs'
import { machine as unameMachine } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isEmulator, Machine } from '#hooks/machine.ts'
import { architecture, folderOf } from '#tests/builders.ts'

function machineWith(tools: Record<string, string>): Machine {
  const folder = folderOf(tools)
  for (const name of Object.keys(tools)) chmodSync(join(folder, name), 0o755)
  return new Machine({ PATH: `relative:${folder}:/nowhere` })
}

const architectures = new Map([
  ['amd64', architecture({ debian: 'amd64', uname: ['x86_64'] })],
  ['arm64', architecture({ debian: 'arm64', uname: ['aarch64'] })],
  ['armv7', architecture({ debian: 'armhf', uname: ['armv7l', 'armv8l'] })],
  ['here', architecture({ uname: [unameMachine()] })],
])

test('the architecture of a machine is what Debian says of it, for a kernel may be of another one', () => {
  expect(machineWith({ dpkg: '#!/bin/sh\necho armhf\n' }).architecture(architectures)).toBe('armv7')
})

test('without dpkg it is what the kernel says', () => {
  const found = machineWith({}).architecture(architectures) ?? ''
  expect(architectures.get(found)?.uname).toContain(unameMachine())
})

test('a port that is no column is no architecture', () => {
  expect(machineWith({ dpkg: '#!/bin/sh\necho m68k\n' }).architecture(architectures)).toBeUndefined()
})

test('a command is found in absolute folders of the PATH alone, and only where it can be run', () => {
  const machine = machineWith({ there: '#!/bin/sh\necho one\necho two\n', failing: '#!/bin/sh\nexit 1\n' })
  expect(machine.find('there')).toMatch(/\/there$/)
  expect(machine.find('elsewhere')).toBeUndefined()
  expect([machine.ask('there'), machine.ask('failing'), machine.ask('elsewhere')]).toEqual([
    'one',
    undefined,
    undefined,
  ])
})

test('packages are missing where dpkg says so, and nobody can tell without it', () => {
  const query = '#!/bin/sh\ncase $3 in make) echo installed;; old) echo config-files;; *) exit 1;; esac\n'
  expect(machineWith({ 'dpkg-query': query }).missingPackages(['make', 'old', 'new'])).toEqual(['old', 'new'])
  expect(machineWith({}).missingPackages(['new'])).toEqual([])
})

test('a process that another one sees as QEMU is emulated', () => {
  // What `readlink /proc/<id>/exe` answers under qemu-user, where `/proc/self/exe` names the program.
  expect(isEmulator('/usr/bin/qemu-aarch64', '/usr/bin/node')).toBe(true)
  expect(isEmulator('/usr/bin/qemu-aarch64-static', '/usr/bin/node')).toBe(true)
  expect(isEmulator('/usr/bin/node', '/usr/bin/node')).toBe(false)
  expect(isEmulator('/opt/qemu-tools/node', '/usr/bin/node')).toBe(false)
  expect(machineWith({ readlink: '#!/bin/sh\necho /usr/bin/qemu-s390x\n' }).isEmulated()).toBe(true)
  expect(machineWith({}).isEmulated()).toBe(false)
})
