/**
 * What a registry answers to whoever has no token: where to get one. Public images need no account.
 * https://distribution.github.io/distribution/spec/auth/token/
 */

export interface Challenge {
  realm: string
  service?: string
  scope?: string
}

/** `Bearer realm="https://auth.example.org/token",service="example",scope="repository:a/b:pull"`; undefined for others. */
export function parseChallenge(header: string | null): Challenge | undefined {
  if (header === null || header.length > 4000 || !/^bearer\s/i.test(header)) return undefined
  const values = new Map<string, string>()
  for (const [, key = '', quoted, bare] of header.slice('bearer'.length).matchAll(parameter)) {
    if (!values.has(key.toLowerCase())) values.set(key.toLowerCase(), quoted ?? bare ?? '')
  }
  const [realm, service, scope] = [values.get('realm'), values.get('service'), values.get('scope')]
  if (realm === undefined) return undefined
  return { realm, ...(service === undefined ? {} : { service }), ...(scope === undefined ? {} : { scope }) }
}

const parameter = /([a-zA-Z]+)=(?:"([^"]*)"|([^\s",]+))/g

/** Where to ask for a token to read an image. Undefined where the realm is no address. */
export function tokenAddress({ realm, service, scope }: Challenge, image: string): URL | undefined {
  const url = URL.parse(realm)
  if (!url) return undefined
  if (service !== undefined) url.searchParams.set('service', service)
  url.searchParams.set('scope', scope ?? `repository:${image}:pull`)
  return url
}

/** The token of an answer; the two names of it mean the same. */
export function tokenOf(text: string): string | undefined {
  let answer: unknown
  try {
    answer = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof answer !== 'object' || answer === null) return undefined
  const token = 'token' in answer ? answer.token : 'access_token' in answer ? answer.access_token : undefined
  // It goes into a header as it is.
  return typeof token === 'string' && /^[\x21-\x7e]{1,16384}$/.test(token) ? token : undefined
}
