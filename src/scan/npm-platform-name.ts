/**
 * Names of npm packages that hold the build of another one for one platform: `@esbuild/linux-arm64`,
 * `lightningcss-linux-x64-gnu`. There is no rule for them, but there is a custom, which NAPI-RS made:
 * https://napi.rs/docs/introduction/getting-started#deep-dive
 */

export interface PlatformName {
  /** What is left of the name without its platform: `@img/sharp`; `@esbuild` where nothing else stands before it. */
  base: string
  scope?: string
  system: string
  machine: string
}

const systems = 'linux|linuxmusl|darwin|win32|windows|freebsd|netbsd|openbsd|openharmony|sunos|android|aix'
const machines = 'x64|ia32|arm64|arm|armv6|armv7|loong64|mips64el|ppc64|ppc64le|riscv64|s390x|universal'
const abis = 'gnu|musl|gnueabihf|musleabihf|gnueabi|musleabi|eabi|msvc|ohos'
const pattern = new RegExp(`^(?:(.+?)-)?(${systems})-(${machines})(?:-(?:${abis}))?$`)

export function parsePlatformName(name: string): PlatformName | undefined {
  const [, scope, last = ''] = /^(?:(@[^/]+)\/)?([^/]+)$/.exec(name) ?? []
  const [, rest = '', system, machine] = pattern.exec(last) ?? []
  if (system === undefined || machine === undefined || (scope === undefined && rest === '')) return undefined
  const base = [scope, rest].filter(Boolean).join('/')
  return { base, ...(scope === undefined ? {} : { scope }), system: system.replace('musl', ''), machine }
}

/**
 * Packages that such a name may belong to, the likeliest first: its own without the platform, and the
 * one that its scope is called after, where nothing but that name or `binding` stands between.
 */
export function ownersOf({ base, scope }: PlatformName): string[] {
  if (scope === undefined) return [base]
  const project = scope.slice(1)
  const rest = base.slice(scope.length + 1)
  return [...(rest === '' ? [] : [base]), ...(['', 'binding', project].includes(rest) ? [project] : [])]
}
