/** Which architecture a report is about. A guess would be a false proof, so what can mean two is refused. */
import { Mistake, shown } from './mistake.mjs'

/**
 * Every word that means one column; a test holds the table to `content/architectures.yml`.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const words = {
  amd64: ['x86_64', 'x86-64', 'x64'],
  arm64: ['aarch64', 'arm64v8', 'arm64/v8', 'armv8'],
  armv7: ['armv7l', 'armv7hl', 'arm/v7', 'arm32v7', 'armv7-a'],
  armv6: ['armv6l', 'armv6hl', 'arm/v6', 'arm32v6'],
  i386: ['386', 'i686', 'x86', 'ia32'],
  ppc64le: ['ppc64el', 'powerpc64le'],
  s390x: [],
  riscv64: ['riscv64gc'],
  loong64: ['loongarch64'],
}

/** @type {Readonly<Record<string, readonly string[]>>} */
export const ambiguousWords = {
  arm: ['arm64', 'armv7', 'armv6'],
  armhf: ['armv7', 'armv6'],
  armel: ['armv6'],
  'arm/v8': ['arm64', 'armv7'],
}

/** What RUNNER_ARCH can mean. Runners for other architectures have words of their own, which say nothing here. */
const runnerWords = new Map([
  ['X64', ['amd64']],
  ['ARM64', ['arm64']],
  ['X86', ['i386']],
  ['ARM', ['armv7', 'armv6']],
])

/** What Node.js calls itself. It runs as what it is, so it knows a 32-bit system on a 64-bit kernel. */
const nodeWords = new Map([
  ['x64', ['amd64']],
  ['arm64', ['arm64']],
  ['ia32', ['i386']],
  ['arm', ['armv7', 'armv6']],
  ['s390x', ['s390x']],
  ['riscv64', ['riscv64']],
  ['loong64', ['loong64']],
])

/**
 * @param {string | undefined} word      what the caller says
 * @param {string | undefined} execution what the caller says
 * @param {import('./world.d.ts').World} world
 * @returns {string}
 */
export function architectureOf(word, execution, world) {
  const machine = architectureOfMachine(world)
  const isNative = execution === undefined || execution === 'native'
  if (word === undefined) {
    if (!isNative) throw new Mistake(`Expected \`architecture\`: what is ${execution} is not what the runner is.`)
    if (machine === undefined) {
      throw new Mistake(
        `Expected \`architecture\`: the runner (${shown(world.machine.uname)}, ${shown(world.environment.RUNNER_ARCH ?? 'no RUNNER_ARCH')}, Node.js for ${shown(world.machine.node)}) can mean more than one.`,
      )
    }
    return machine
  }
  const id = idOf(word)
  if (isNative && machine !== undefined && id !== machine && Object.hasOwn(words, id)) {
    throw new Mistake(
      `Unexpected architecture \`${id}\` on a runner that is \`${machine}\`, expected \`execution\` to be \`emulated\` or \`cross\`.`,
    )
  }
  return id
}

/**
 * The id that a word means; a word that is not known here is left to the site, which may have other columns.
 * @param {string} word
 */
function idOf(word) {
  const lower = word.toLowerCase()
  const readings = Object.hasOwn(ambiguousWords, lower) ? ambiguousWords[lower] : undefined
  if (readings) {
    throw new Mistake(
      `Unexpected architecture \`${lower}\`, expected a word that means one thing, such as ${readings.map((id) => `\`${id}\``).join(' or ')}.`,
    )
  }
  if (!/^[a-z0-9][a-z0-9/_.-]{0,63}$/.test(lower)) {
    throw new Mistake(`Unexpected architecture \`${shown(word)}\`, expected a word such as \`arm64\`.`)
  }
  return Object.keys(words).find((id) => id === lower || words[id]?.includes(lower)) ?? lower
}

/**
 * The one architecture on which system, runner and Node.js agree.
 * @param {import('./world.d.ts').World} world
 * @returns {string | undefined}
 */
function architectureOfMachine({ machine, environment }) {
  const id = unames.get(machine.uname.toLowerCase())
  const runner = runnerWords.get(environment.RUNNER_ARCH ?? '')
  const node = machine.node === 'ppc64' && machine.endianness === 'LE' ? ['ppc64le'] : nodeWords.get(machine.node)
  if (id === undefined || !node?.includes(id) || (runner && !runner.includes(id))) return undefined
  return id
}

/** What `uname -m` can say; also held to `content/architectures.yml`. macOS and Windows say `arm64`. */
export const unames = new Map([
  ['x86_64', 'amd64'],
  ['aarch64', 'arm64'],
  ['arm64', 'arm64'],
  ['armv7l', 'armv7'],
  ['armv8l', 'armv7'],
  ['armv6l', 'armv6'],
  ['i686', 'i386'],
  ['ppc64le', 'ppc64le'],
  ['s390x', 's390x'],
  ['riscv64', 'riscv64'],
  ['loongarch64', 'loong64'],
])
