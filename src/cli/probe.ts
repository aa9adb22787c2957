import { nearest } from '#catalog/nearest.ts'
import { CannotRun, type World } from './world.ts'

type Probe = (args: readonly string[], world: World) => number | Promise<number>

/** What can be probed; each is imported when it is called. */
const probes = new Map<string, () => Promise<{ probe: Probe; help: string }>>([
  ['debian', async () => await import('./probe-debian.ts')],
  ['npm', async () => await import('./probe-npm.ts')],
  ['oci', async () => await import('./probe-oci.ts')],
])

/** Looks into an index that others keep, and records what it shows. */
export async function probe(args: readonly string[], world: World): Promise<number> {
  const [name, ...rest] = args
  const known = [...probes.keys()]
  if (name === undefined || name.startsWith('-')) {
    throw new CannotRun(`Expected what to probe: ${known.map((word) => `\`${word}\``).join(', ')}.`)
  }
  const load = probes.get(name)
  if (!load) {
    const near = nearest(name, known)
    throw new CannotRun(
      `Unexpected \`${name}\`, expected one of ${known.map((word) => `\`${word}\``).join(', ')}${near ? `; did you mean \`${near}\`?` : '.'}`,
    )
  }
  return await (await load()).probe(rest, world)
}

export async function probeHelp(): Promise<string> {
  const loaded = await Promise.all([...probes.values()].map((load) => load()))
  return loaded.map(({ help }) => help).join('\n')
}
