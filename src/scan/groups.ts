/**
 * Components by what they mean: a project of the catalog, else the package itself whatever its version,
 * each with the packages that are its builds for single platforms.
 */
import type { Component } from './component.ts'
import type { Way } from './matching.ts'
import { ownersOf, parsePlatformName } from './npm-platform-name.ts'
import type { Purl } from './purl.ts'
import type { KnownProject, Match, StackIndex } from './stack-index.ts'

export interface Group {
  name: string
  project?: KnownProject
  packages: { component: Component; way: Way }[]
  builds: Component[]
}

export function groupsOf(components: readonly Component[], index: StackIndex): Iterable<Group> {
  const groups = new Map<string, Group>()
  const groupOf = (key: string, name: string, project?: KnownProject): Group => {
    let group = groups.get(key)
    if (!group) groups.set(key, (group = { name, packages: [], builds: [], ...(project ? { project } : {}) }))
    return group
  }
  const known = new Map<string, Match[]>()
  const find = (purl: Purl): Match[] => {
    const key = identityOf(purl)
    let matches = known.get(key)
    if (!matches) known.set(key, (matches = index.find(purl)))
    return matches
  }

  const homeless: Component[] = []
  const groupsByNpmName = new Map<string, Group>()
  for (const component of components) {
    const matches = component.purl ? find(component.purl) : []
    for (const { project, way } of matches) {
      const group = groupOf(`project ${project.id}`, project.name, project)
      const isBuild = component.signs?.isImage !== true && (way === 'platform' || ownersByName(component).length > 0)
      if (isBuild) group.builds.push(component)
      else group.packages.push({ component, way })
      if (component.purl?.type === 'npm' && !isBuild) groupsByNpmName.set(npmKey(component), group)
    }
    if (matches.length > 0) continue
    if (ownersByName(component).length > 0) homeless.push(component)
    else {
      const group = groupOf(ownKey(component), component.name)
      group.packages.push({ component, way: 'same' })
      if (component.purl?.type === 'npm') groupsByNpmName.set(npmKey(component), group)
    }
  }
  // What a build is of may stand behind it in the file.
  for (const component of homeless) {
    const owner = ownersByName(component)
      .map((name) => groupsByNpmName.get(npmKey({ ...component, name })))
      .find((group) => group !== undefined)
    // Without it they are builds of something that only their names tell.
    const base = parsePlatformName(component.name)?.base ?? component.name
    ;(owner ?? groupOf(`builds\n${component.file}\n${base}`, base)).builds.push(component)
  }
  return groups.values()
}

/** Packages of the same file that it may be a build of. */
function ownersByName({ name, purl, signs }: Component): string[] {
  if (signs?.buildOf !== undefined) return [signs.buildOf]
  const platform = purl?.type === 'npm' ? parsePlatformName(name) : undefined
  return platform ? ownersOf(platform) : []
}

function npmKey({ file, name }: Component): string {
  return `${file}\n${name}`
}

function ownKey({ purl, name, file }: Component): string {
  return purl ? identityOf(purl) : `name\n${file}\n${name}`
}

/** What a package URL says but for the version: all that matching looks at. */
function identityOf({ type, namespace = '', name, qualifiers }: Purl): string {
  return [type, namespace, name, qualifiers?.repository_url ?? '', qualifiers?.upstream ?? ''].join('\n')
}
