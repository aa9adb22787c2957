/** Where the APIs of GitHub and GitLab are, and as whom they are asked. */
import { isLoopback } from './probe-oci-address.ts'

/** The CI systems that can be read, by their word in registrations. */
export const pullProviders = ['github-actions', 'gitlab'] as const
export type PullProvider = (typeof pullProviders)[number]

export interface ApiAddress {
  provider: PullProvider
  /** How people call it. */
  title: string
  base: URL
  /** Only ever sent to the host of `base`, and shown to nobody. */
  token: string | undefined
  /** The variable that holds the token. */
  tokenVariable: string
}

export type AddressReading = { address: ApiAddress; fault?: undefined } | { fault: string; address?: undefined }

/** Variables as GitHub Actions and GitLab CI know them, and what holds where none is set. */
const known = {
  'github-actions': {
    title: 'GitHub',
    baseVariable: 'GITHUB_API_URL',
    base: 'https://api.github.com',
    tokenVariable: 'GITHUB_TOKEN',
  },
  gitlab: {
    title: 'GitLab',
    baseVariable: 'GITLAB_API_URL',
    base: 'https://gitlab.com/api/v4',
    tokenVariable: 'GITLAB_TOKEN',
  },
} as const

/** Reads the address of an API from the environment. What it finds fault with, it does not repeat: it may be secret. */
export function addressOf(
  provider: PullProvider,
  environment: Readonly<Record<string, string | undefined>>,
): AddressReading {
  const { title, baseVariable, base: usual, tokenVariable } = known[provider]
  const base = URL.parse(environment[baseVariable]?.trim() || usual)
  if (!base || !mayBeAsked(base)) {
    return {
      fault: `Unexpected \`${baseVariable}\`, expected the address of an API over https (or on this machine), such as \`${usual}\`.`,
    }
  }
  base.pathname = base.pathname.replace(/\/+$/, '')
  const token = environment[tokenVariable]?.trim() || undefined
  // What does not fit into a header would be shown by whoever refuses it.
  if (token !== undefined && !/^[\x21-\x7e]{1,2000}$/.test(token)) {
    return { fault: `Unexpected \`${tokenVariable}\`, expected a token: one word of ASCII letters, digits and signs.` }
  }
  return { address: { provider, title, base, token, tokenVariable } }
}

/** Over TLS, or on this machine: otherwise others could read the token and write the answers. */
function mayBeAsked(url: URL): boolean {
  const { protocol, username, password, search, hash } = url
  if (username !== '' || password !== '' || search !== '' || hash !== '') return false
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(url))
}

export function isPullProvider(word: string): word is PullProvider {
  return (pullProviders as readonly string[]).includes(word)
}
