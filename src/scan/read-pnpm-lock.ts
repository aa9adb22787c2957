/** `pnpm-lock.yaml`, versions 5 to 9. https://github.com/pnpm/spec/tree/master/lockfile */
import type { Findings } from './findings.ts'
import { addNpmPackages, type NpmPackage } from './npm-packages.ts'
import {
  isYamlMap,
  valueIn,
  yamlDocument,
  yamlMapAt,
  yamlTextIn,
  yamlTextsIn,
  type YamlMap,
  type YamlText,
} from './yaml-text.ts'

export function readPnpmLock(yaml: YamlText, findings: Findings): void {
  const lock = yamlDocument(yaml, findings)
  if (!lock) return
  const packages = yamlMapAt(lock, 'packages', yaml, findings)
  // From version 9 on, what a package asks for stands apart from what it is.
  const snapshots = yamlMapAt(lock, 'snapshots', yaml, findings)
  const optionalOf = new Map<string, string[]>()
  for (const [key, snapshot] of Object.entries(snapshots)) {
    const name = nameAndVersionOf(key)?.name
    if (name !== undefined && isYamlMap(snapshot)) {
      optionalOf.set(name, Object.keys(mapIn(snapshot, 'optionalDependencies')))
    }
  }
  const found: NpmPackage[] = []
  for (const [key, entry] of Object.entries(packages)) {
    const named = nameAndVersionOf(key)
    if (!isYamlMap(entry)) {
      findings.refuseKind(entry, 'in `packages`', yaml.lineOfKey('packages'))
      continue
    }
    if (/^(?:file|link):/.test(named?.version ?? key)) continue
    const name = yamlTextIn(entry, 'name') ?? named?.name
    if (name === undefined) {
      findings.refuse('key', key, yaml.lineOf(entry))
      continue
    }
    const version = yamlTextIn(entry, 'version') ?? named?.version
    found.push({
      name,
      version: version !== undefined && /^\d/.test(version) ? version : undefined,
      line: yaml.lineOf(entry),
      ...(yamlTextIn(entry, 'dev') === 'true' ? { scope: 'development' } : {}),
      os: yamlTextsIn(entry, 'os'),
      cpu: yamlTextsIn(entry, 'cpu'),
      optional: [...Object.keys(mapIn(entry, 'optionalDependencies')), ...(optionalOf.get(name) ?? [])],
      hasInstallScript: yamlTextIn(entry, 'requiresBuild') === 'true',
    })
  }
  addNpmPackages(found, findings)
}

/**
 * `esbuild@0.25.0(peer@1.0.0)` of version 9, `/esbuild@0.17.0` of version 6, `/esbuild/0.8.0_peer@1.0.0`
 * of version 5, each with or without a scope. Undefined where it is from a folder or a repository.
 */
function nameAndVersionOf(key: string): { name: string; version: string } | undefined {
  const bare = key.replace(/\(.*$/s, '')
  const [, name, version] =
    /^\/?((?:@[^/@]+\/)?[^/@]+)@(.+)$/s.exec(bare) ?? /^\/((?:@[^/]+\/)?[^/]+)\/([^/_]+)/.exec(bare) ?? []
  return name === undefined || version === undefined ? undefined : { name, version }
}

function mapIn(map: YamlMap, key: string): YamlMap {
  const value = valueIn(map, key)
  return isYamlMap(value) ? value : {}
}
