/** Projects that an issue links to, by their addresses; those that it only names are told. */
import type { Project } from '#domain/project.ts'
import type { Root } from 'mdast'
import { toString } from 'mdast-util-to-string'
import { visit } from 'unist-util-visit'
import type { PreparedText } from './prepared-text.ts'
import { quoted, type Report } from './report.ts'

const maximumProjects = 200

export class ProjectIndex {
  /** Projects by host and path. */
  private readonly byAddress = new Map<string, Set<string>>()
  /** The same, by what identifies them: a part of a project has its repository, but not its identifier. */
  private readonly byIdentifier = new Map<string, Set<string>>()
  private readonly names: { id: string; name: string; pattern: RegExp }[] = []

  constructor(projects: ReadonlyMap<string, { data: Project }>) {
    for (const [id, { data }] of projects) {
      for (const address of [data.homepage, data.repository]) add(this.byAddress, address, id)
      for (const identifier of data.identifiers) add(this.byIdentifier, addressOfIdentifier(identifier), id)
      for (const name of [data.name, ...data.aliases]) {
        if (name.length < 2) continue
        const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
        this.names.push({
          id,
          name,
          pattern: new RegExp(String.raw`(?<![\p{L}\p{N}.-])${escaped}(?![\p{L}\p{N}-])`, 'u'),
        })
      }
    }
  }

  /** The project to which an address belongs: the one with the longest path above it, where that is one alone. */
  projectAt(url: string): string | undefined {
    const own = /^\/projects\/([a-z0-9-]+)\/$/.exec(url)?.[1]
    if (own !== undefined) return own
    let key = keyOf(url)
    while (key !== undefined) {
      const [identified, at] = [this.byIdentifier.get(key), this.byAddress.get(key)]
      if (identified?.size === 1) return [...identified][0]
      if (identified || at) return !identified && at?.size === 1 ? [...at][0] : undefined
      const slash = key.lastIndexOf('/')
      key = slash === -1 ? undefined : key.slice(0, slash)
    }
    return undefined
  }

  /** Projects whose name a text holds, each with the name and where it stands. */
  *namedIn(text: string): Generator<{ id: string; name: string; at: number }> {
    for (const { id, name, pattern } of this.names) {
      if (!text.includes(name)) continue
      const at = pattern.exec(text)?.index
      if (at !== undefined) yield { id, name, at }
    }
  }
}

/** Hosts on which everything is somebody's: their front pages are no project's. */
const forges = new Set([
  'github.com',
  'gitlab.com',
  'bitbucket.org',
  'sourceforge.net',
  'launchpad.net',
  'npmjs.com',
  'pypi.org',
  'crates.io',
  'hub.docker.com',
])

function add(projects: Map<string, Set<string>>, address: string | undefined, id: string): void {
  const key = address === undefined ? undefined : keyOf(address)
  if (key !== undefined && !forges.has(key)) projects.set(key, (projects.get(key) ?? new Set()).add(id))
}

function keyOf(url: string): string | undefined {
  const parsed = URL.parse(url)
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return undefined
  const host = parsed.hostname.replace(/^www\./, '')
  const path = parsed.pathname
    .replace(/\.git$/, '')
    .replace(/\/+$/, '')
    .slice(0, 300)
  return host + (forges.has(host) ? path.toLowerCase() : path)
}

function addressOfIdentifier(identifier: string): string | undefined {
  const [, type, path = ''] = /^pkg:([a-z]+)\/([^@?#]+)/.exec(identifier) ?? []
  switch (type) {
    case 'github':
    case 'bitbucket':
    case 'gitlab':
      return `https://${type}.${type === 'bitbucket' ? 'org' : 'com'}/${path}`
    case 'golang':
      return /^[\w-]+\.[\w.-]+\//.test(path) ? `https://${path}` : undefined
    case 'npm':
      return `https://www.npmjs.com/package/${path.replace('%40', '@')}`
    case 'pypi':
      return `https://pypi.org/project/${path}`
    case 'cargo':
      return `https://crates.io/crates/${path}`
    case 'docker':
      return `https://hub.docker.com/${path.includes('/') ? 'r' : '_'}/${path}`
    default:
      return undefined
  }
}

/** The projects that a text links to, in its order. */
export function linkedProjects(tree: Root, index: ProjectIndex, isProject: (id: string) => boolean): string[] {
  const found = new Set<string>()
  const definitions = new Map<string, string>()
  visit(tree, 'definition', ({ identifier, url }) => {
    if (!definitions.has(identifier)) definitions.set(identifier, url)
  })
  visit(tree, (node) => {
    const url =
      node.type === 'link' ? node.url : node.type === 'linkReference' ? definitions.get(node.identifier) : undefined
    const id = url === undefined ? undefined : index.projectAt(url)
    if (id !== undefined && isProject(id) && found.size < maximumProjects) found.add(id)
  })
  return [...found]
}

/** Tells which projects a text names and links nowhere. */
export function tellNamedProjects(
  tree: Root,
  index: ProjectIndex,
  linked: readonly string[],
  text: PreparedText,
  report: Report,
): void {
  const told = new Set(linked)
  visit(tree, (node) => {
    if (node.type !== 'paragraph' && node.type !== 'heading' && node.type !== 'tableCell') return
    const words = toString(node)
    for (const { id, name } of index.namedIn(words)) {
      if (told.has(id)) continue
      told.add(id)
      const begin = node.position?.start.offset ?? 0
      const end = node.position?.end.offset ?? begin
      const within = text.text.slice(begin, Math.max(begin, end)).indexOf(name)
      report.guess('project-named', text.placeAt(begin + Math.max(within, 0)), {
        actual: name,
        guessed: '',
        reason: `The text names ${quoted(name)} and links to no page of the project \`${id}\`; it is not in \`projects\``,
        expected: 'a link to the project, or its id in `projects`',
        fix: `add \`${id}\` to \`projects\` if it is meant`,
      })
    }
  })
}
