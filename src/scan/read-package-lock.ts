/** `package-lock.json` and `npm-shrinkwrap.json`, versions 1 to 3. https://docs.npmjs.com/cli/configuring-npm/package-lock-json */
import type { Findings } from './findings.ts'
import { isNothing, mapAt } from './json-sections.ts'
import { isObject, lineOf, objectIn, textIn, textsIn, type JsonObject } from './json-text.ts'
import { addNpmPackages, type NpmPackage } from './npm-packages.ts'

export function readPackageLock(lock: JsonObject, findings: Findings): void {
  const isTree = isNothing(lock.packages)
  const found = mapAt(lock, isTree ? 'dependencies' : 'packages', findings)
  if (found) addNpmPackages(isTree ? dependenciesOf(found, findings) : packagesOf(found, findings), findings)
}

/** Versions 2 and 3: a map from where a package is to what it is. */
function packagesOf(packages: JsonObject, findings: Findings): NpmPackage[] {
  return Object.entries(packages).flatMap(([path, found]) => {
    if (!isObject(found)) {
      findings.refuseKind(found, 'in `packages`', lineOf(packages))
      return []
    }
    const at = path.lastIndexOf('node_modules/')
    // The project itself, its workspaces, and links to them are no packages of the registry.
    if (at < 0 || found.link === true) return []
    // Where a package is installed under another name, this is its own.
    const name = textIn(found, 'name') ?? path.slice(at + 'node_modules/'.length)
    return [
      {
        name,
        version: textIn(found, 'version'),
        line: lineOf(found),
        ...scopeOf(found),
        os: textsIn(found, 'os'),
        cpu: textsIn(found, 'cpu'),
        optional: Object.keys(objectIn(found, 'optionalDependencies') ?? {}),
        hasInstallScript: found.hasInstallScript === true,
      },
    ]
  })
}

/** Version 1: a tree of names. It does not say what a package is built for. */
function dependenciesOf(dependencies: JsonObject, findings: Findings): NpmPackage[] {
  const found: NpmPackage[] = []
  const waiting = [dependencies]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    for (const [key, dependency] of Object.entries(next)) {
      if (!isObject(dependency)) {
        findings.refuseKind(dependency, 'in `dependencies`', lineOf(next))
        continue
      }
      const { dependencies: own } = dependency
      if (isObject(own)) waiting.push(own)
      else if (!isNothing(own)) findings.refuseKind(own, 'at `dependencies`', lineOf(dependency))
      const version = textIn(dependency, 'version')
      // `npm:string-width@4.2.3` where it is installed under another name.
      const [, alias, aliasVersion] = /^npm:(@?[^@]+)@(.+)$/.exec(version ?? '') ?? []
      const isRegistered = version !== undefined && /^\d/.test(version)
      found.push({
        name: alias ?? key,
        version: aliasVersion ?? (isRegistered ? version : undefined),
        line: lineOf(dependency),
        ...scopeOf(dependency),
        os: [],
        cpu: [],
        optional: [],
        hasInstallScript: false,
      })
    }
  }
  return found.sort((a, b) => a.line - b.line)
}

function scopeOf(found: JsonObject): Pick<NpmPackage, 'scope'> {
  if (found.dev === true || found.devOptional === true) return { scope: 'development' }
  return found.optional === true ? { scope: 'optional' } : {}
}
