import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseYaml } from '#catalog/yaml.ts'
import type { Settings } from './settings.ts'

/** The address of the site, before its content is read: SITE_URL, else `url` in site.yml. */
export function siteAddress({ siteUrl, contentFolder }: Settings): string {
  if (siteUrl !== undefined) return siteUrl
  const file = join(contentFolder, 'site.yml')
  const parsed = existsSync(file) ? parseYaml(readFileSync(file, 'utf8')) : undefined
  const value = parsed?.ok ? parsed.value : undefined
  const url = typeof value === 'object' && !Array.isArray(value) ? value.url : undefined
  return typeof url === 'string' && /^https?:\/\//.test(url) ? url : 'https://localhost'
}
