/** Wheels say in their names what they are for. https://packaging.python.org/en/latest/specifications/binary-distribution-format/ */
import type { Build, Signs } from './component.ts'

/** What the files of one version of a package say about platforms. */
export function signsOfFiles(fileNames: readonly string[]): Signs | undefined {
  const wheels = fileNames.filter((name) => name.endsWith('.whl'))
  const hasSource = fileNames.some((name) => /\.(?:tar\.(?:gz|bz2|xz)|zip|tgz)$/.test(name))
  if (wheels.length === 0) return hasSource ? { hasSource } : undefined
  const platforms = wheels.flatMap((label) => platformsOf(label).map((platform) => ({ label, platform })))
  if (platforms.some(({ platform }) => platform === 'any')) return { isIndependent: true, hasSource }
  return { builds: platforms.map(({ label, platform }) => buildOf(platform, label)), hasSource }
}

/** `numpy-2.1.0-cp312-cp312-manylinux_2_17_aarch64.manylinux2014_aarch64.whl` has two. */
function platformsOf(fileName: string): string[] {
  return fileName.slice(0, -'.whl'.length).split('-').at(-1)?.split('.') ?? []
}

function buildOf(platform: string, label: string): Build {
  const [, machine] = /^(?:manylinux\d+|manylinux_\d+_\d+|musllinux_\d+_\d+|linux)_(.+)$/.exec(platform) ?? []
  if (machine !== undefined) return { ecosystem: 'wheel', system: 'linux', machine, label }
  const [system = platform, ...rest] = platform.split('_')
  return { ecosystem: 'wheel', system, machine: rest.join('_'), label }
}
