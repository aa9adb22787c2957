/** The settings of the environment that mean something here, and what may be shown of them. Nothing here imports a package. */

const plainSettings = [
  'AS_OF',
  'BASE_PATH',
  'CHROMIUM_PATH',
  'CONTENT_DIR',
  'GITHUB_API_URL',
  'GITHUB_OIDC_AUDIENCE',
  'GITHUB_OIDC_ISSUER',
  'GITHUB_OIDC_JWKS_URL',
  'GITLAB_API_URL',
  'KEEP_SITE',
  'LINKS_ALLOW_PRIVATE',
  'LINKS_PAUSE_MS',
  'OUT_DIR',
  'POSTGRES_BIN',
  'SITE_URL',
  'SOURCE_DATE_EPOCH',
  'WAYBACK_API_URL',
]
const secretSettings = [
  'BUILDKITE_WEBHOOK_TOKEN',
  'EVIDENCE_STORE',
  'GITHUB_TOKEN',
  'GITHUB_WEBHOOK_SECRET',
  'GITLAB_SIGNING_TOKEN',
  'GITLAB_TOKEN',
  'GITLAB_WEBHOOK_TOKEN',
  'SMTP_PASSWORD',
  'SMTP_USER',
]

/** For the test that holds them to the code. */
export const settingNames: readonly string[] = [...plainSettings, ...secretSettings]

/** The settings that are set, by name: their values, and of secrets that they are set. */
export function settingsShown(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const shown = [
    ...plainSettings.map((name) => [name, false] as const),
    ...secretSettings.map((name) => [name, true] as const),
  ]
  return Object.fromEntries(
    shown
      .filter(([name]) => environment[name])
      .map(([name, isSecret]) => [name, isSecret ? 'set' : withoutCredentials(environment[name] ?? '')])
      .sort(([a = ''], [b = '']) => (a < b ? -1 : 1)),
  )
}

/** What stands for a person and a password in an address, and what a terminal would obey, is not shown. */
function withoutCredentials(value: string): string {
  return oneLine(value.replace(/\/\/[^/?#]*@/g, '//…@'))
}

export function oneLine(value: string): string {
  return value.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ').slice(0, 200)
}

/** The kind of store and where it is, without who may use it; undefined where no command can use it. */
export function storeShown(address: string | undefined): string | undefined {
  if (address === undefined || address === '' || address === 'files') return 'files of the content folder'
  try {
    const { protocol, host, pathname } = new URL(address)
    return /^postgres(?:ql)?:$/.test(protocol)
      ? oneLine(`PostgreSQL at ${host || 'this machine'}${pathname}`)
      : undefined
  } catch {
    return undefined
  }
}
