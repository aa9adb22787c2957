/**
 * What the files themselves say about an architecture: for which machines something is built, what is
 * pinned to one, what runs code when it is installed.
 */
import type { Build, Component } from './component.ts'
import type { Group } from './groups.ts'
import { platformOfPurl } from './matching.ts'
import { parsePlatformName } from './npm-platform-name.ts'
import { shown } from './problems.ts'
import type { StackIndex } from './stack-index.ts'

export interface FilesSay {
  /** As sentences; empty where nothing in the files depends on the architecture. */
  reasons: string[]
  /** Whether they speak against it: no build for it, or pinned to another one. */
  isAgainst: boolean
}

export function whatFilesSay({ project, packages, builds }: Group, index: StackIndex, architecture: string): FilesSay {
  const components = [...packages.map(({ component }) => component), ...builds]
  const pins = aboutPins(components, index, architecture)
  const native = aboutBuilds(components, index, architecture)
  const reasons = [...pins.reasons, ...native.reasons]
  const has = (sign: 'hasInstallScript' | 'bindsNative') => components.some(({ signs }) => signs?.[sign] === true)
  if (has('hasInstallScript')) {
    reasons.push('It runs a script when it is installed, which may build or fetch native code.')
  }
  if (has('bindsNative')) reasons.push('It binds to native code, going by its name.')
  // Of a project, the matrix says more.
  if (!project && reasons.length === 0 && components.some(({ signs }) => signs?.isImage === true)) {
    const open = components.find(({ purl, name }) => purl === undefined && name.includes('$'))
    reasons.push(
      open
        ? `Its name is open until the build: \`${shown(open.name)}\`.`
        : 'An image is for certain architectures, and the file does not say for which.',
    )
  }
  return { reasons, isAgainst: pins.isAgainst || native.isAgainst }
}

const nothing: FilesSay = { reasons: [], isAgainst: false }

function aboutPins(components: readonly Component[], index: StackIndex, architecture: string): FilesSay {
  const platforms = components.flatMap(({ signs, purl }) => signs?.pinnedTo ?? (purl && platformOfPurl(purl)) ?? [])
  const other = platforms.find((platform) => index.isPlatform(platform, architecture) === 'no')
  if (other !== undefined) {
    const reason = `The file pins it to \`${shown(other)}\`: on ${architecture} it would run emulated, if at all.`
    return { reasons: [reason], isAgainst: true }
  }
  const [pinned] = platforms
  return pinned === undefined ? nothing : { reasons: [`The file pins it to \`${shown(pinned)}\`.`], isAgainst: false }
}

function aboutBuilds(components: readonly Component[], index: StackIndex, architecture: string): FilesSay {
  // One version that is the same everywhere will do.
  if (components.some(({ signs }) => signs?.isIndependent === true)) return nothing
  const listed = components.flatMap(({ signs }) => signs?.builds ?? [])
  const named = components.flatMap(buildByName)
  const native = [...listed, ...named].filter(({ machine }) => machine !== '' && !machine.startsWith('wasm'))
  if (native.length === 0) return nothing
  const here = native.filter(({ system }) => system === undefined || system === 'linux')
  const fitting = here.find((build) => index.fits(build, architecture) === 'yes')
  if (fitting)
    return { reasons: [`The file has a build for ${architecture}: \`${shown(fitting.label)}\`.`], isAgainst: false }
  const unclear = here.find((build) => index.fits(build, architecture) === 'unclear')
  if (unclear) {
    const reason = `The file has a build that may be for ${architecture}: \`${shown(unclear.label)}\` does not say which \`${shown(unclear.machine)}\` it means.`
    return { reasons: [reason], isAgainst: false }
  }
  // An SBOM tells what was installed on one machine; on another one, other builds would have been.
  if (listed.length === 0) {
    return {
      reasons: [`The file names a build of it for another platform: \`${shown(native[0]?.label ?? '')}\`.`],
      isAgainst: false,
    }
  }
  return aboutMissing(components, listed, here, architecture)
}

/** Nothing that a lockfile lists fits. */
function aboutMissing(
  components: readonly Component[],
  listed: readonly Build[],
  here: readonly Build[],
  architecture: string,
): FilesSay {
  const hasSource = components.some(({ signs }) => signs?.hasSource === true)
  const instead = hasSource
    ? ' It would be built from source.'
    : listed.some(({ machine }) => machine.startsWith('wasm'))
      ? ' Its WebAssembly build may serve instead.'
      : ''
  if (here.length > 0) {
    return {
      reasons: [`The file has no build for ${architecture}, only for ${machinesOf(here)}.${instead}`],
      isAgainst: true,
    }
  }
  // What is for other systems alone is not wanted on Linux, unless something else asks for it.
  const isWanted = hasSource || components.some(({ signs }) => signs?.buildOf !== undefined)
  if (!isWanted) return nothing
  return { reasons: [`The file has builds for other systems alone.${instead}`], isAgainst: !hasSource }
}

/** `@esbuild/linux-arm64` says by its name what it is. */
function buildByName({ name, purl, signs }: Component): Build[] {
  const platform = purl?.type === 'npm' && !signs?.builds ? parsePlatformName(name) : undefined
  return platform ? [{ ecosystem: 'node', system: platform.system, machine: platform.machine, label: name }] : []
}

function machinesOf(builds: readonly Build[]): string {
  const machines = [...new Set(builds.map(({ machine }) => `\`${shown(machine, 20)}\``))].slice(0, 12)
  const last = machines.pop() ?? ''
  return machines.length === 0 ? last : `${machines.join(', ')} and ${last}`
}
