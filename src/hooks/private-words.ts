/** What a machine's output may hold that is for nobody else: its folders, its name, the way it reaches the network, secrets. */
import { homedir, hostname, tmpdir, userInfo } from 'node:os'
import type { Replacement } from './run-log.ts'

type Environment = Readonly<Record<string, string | undefined>>

const names = new Set(['root', 'localhost', 'debian'])
const ofNetwork = /proxy|registry|mirror|index_url/i
const ofSecrets = /token|secret|passw|credential|api_?key|private_?key|auth/i

/**
 * Collects what a log never shows.
 * @param folders folders of this machine and what stands for them in a log
 * @param mirror  where apt gets its packages
 */
export function privateWords(
  folders: readonly Replacement[],
  environment: Environment,
  mirror: string | undefined,
): Replacement[] {
  const { HOME, USER, PATH } = environment
  const host = hostname()
  const isName = (word: string | undefined): word is string => word !== undefined && word !== '' && !names.has(word)
  const replacements: Replacement[] = [
    ...folders,
    ...[HOME, homedir()]
      .filter((path) => path !== undefined && path.length > 1)
      .map((path) => [path ?? '', '~'] as const),
    [tmpdir(), '$TMPDIR'],
    ...(PATH === undefined ? [] : [[PATH, '$PATH'] as const]),
    ...[host, host.split('.')[0]].filter(isName).map((word) => [word, '[host]'] as const),
    ...[USER, userInfo().username].filter(isName).map((word) => [word, '[user]'] as const),
  ]
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined || value.length < 6) continue
    if (ofSecrets.test(name)) replacements.push([value, '[secret]'])
    else if (ofNetwork.test(name)) replacements.push(...hostsOf(value).map((word) => [word, '[address]'] as const))
  }
  const publicMirror = 'deb.debian.org'
  const mirrors = hostsOf(mirror ?? '').filter((word) => word !== publicMirror)
  return [...replacements, ...mirrors.map((word) => [word, '[mirror]'] as const)]
}

/** `https://user:word@host:8080/path` → `host:8080`, `host` */
function hostsOf(address: string): string[] {
  const url = URL.parse(address)
  return url && url.hostname !== '' ? [...new Set([url.host, url.hostname])] : []
}
