/** What `receive` is told by the environment: who may send, and how they show it. */
import type { LogEntry } from '#hooks/receive-log.ts'
import { remoteKeys } from '#hooks/receive-keys.ts'
import { tokenVerifier } from '#hooks/receive-oidc.ts'
import type { Senders } from '#hooks/receive-routes.ts'
import { isWeak, parseSecrets, type Secret } from '#hooks/receive-secrets.ts'
import { standardKey } from '#hooks/receive-signatures.ts'
import { CannotRun, type World } from './world.ts'

type Environment = World['environment']

const variables = {
  github: 'GITHUB_WEBHOOK_SECRET',
  gitlabSigning: 'GITLAB_SIGNING_TOKEN',
  gitlabTokens: 'GITLAB_WEBHOOK_TOKEN',
  buildkite: 'BUILDKITE_WEBHOOK_TOKEN',
} as const

export interface ReceiveSettings {
  senders: Senders
  /** What the operator should know about them. */
  warnings: LogEntry[]
  /** Words for what is taken: `github`, `reports`. */
  takes: string[]
}

/**
 * @param siteUrl address of the site, by which tokens mean this receiver unless another word is set
 * @param clock   milliseconds since 1970
 */
export function receiveSettings(
  environment: Environment,
  siteUrl: string | undefined,
  clock: () => number,
): ReceiveSettings {
  const secrets = {
    github: secretsOf(variables.github, environment),
    gitlabSigning: secretsOf(variables.gitlabSigning, environment),
    gitlabTokens: secretsOf(variables.gitlabTokens, environment),
    buildkite: secretsOf(variables.buildkite, environment),
  }
  if (secrets.gitlabSigning.some(({ text }) => !standardKey(text))) {
    throw new CannotRun(`Unexpected ${variables.gitlabSigning}, expected tokens such as GitLab shows: \`whsec_…\`.`)
  }
  const warnings = Object.entries(secrets)
    .filter(([, some]) => some.some(isWeak))
    // The key is one of those above.
    .map(([key]): LogEntry => ({
      level: 'warning',
      event: 'weak-secret',
      variable: variables[key as keyof typeof variables],
    }))
  const audiences = audiencesOf(environment, siteUrl)
  const issuer = webAddress('GITHUB_OIDC_ISSUER', environment, 'https://token.actions.githubusercontent.com')
  const keys = webAddress('GITHUB_OIDC_JWKS_URL', environment, `${issuer.replace(/\/+$/, '')}/.well-known/jwks`)
  const reports =
    audiences.length === 0
      ? undefined
      : tokenVerifier({ issuer, audiences, keyOf: remoteKeys(new URL(keys), clock), clock })
  const takes = [
    ...(secrets.github.length > 0 ? ['github'] : []),
    ...(secrets.gitlabSigning.length + secrets.gitlabTokens.length > 0 ? ['gitlab'] : []),
    ...(secrets.buildkite.length > 0 ? ['buildkite'] : []),
    ...(reports ? ['reports'] : []),
  ]
  if (takes.length === 0) {
    const names = [...Object.values(variables), 'GITHUB_OIDC_AUDIENCE'].join(', ')
    throw new CannotRun(`Expected somebody who may send: set one of ${names}.`)
  }
  return { senders: { ...secrets, reports }, warnings, takes }
}

function secretsOf(variable: string, environment: Environment): Secret[] {
  const { secrets, problem } = parseSecrets(environment[variable])
  // The value is a secret: what is wrong with it is told without it.
  if (!secrets) throw new CannotRun(`Unexpected ${variable}: ${problem}. docs/evidence.md shows both forms.`)
  return secrets
}

/** The site's address is one word, with and without its last slash. */
function audiencesOf(environment: Environment, siteUrl: string | undefined): string[] {
  const given = environment.GITHUB_OIDC_AUDIENCE
  if (given !== undefined && given.trim() !== '') {
    return given
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== '')
  }
  const url = (environment.SITE_URL ?? '').trim() || siteUrl
  if (url === undefined) return []
  const bare = url.replace(/\/+$/, '')
  return [bare, `${bare}/`]
}

/** Keys that come over the open network could be anybody's. */
function webAddress(variable: string, environment: Environment, usual: string): string {
  const given = (environment[variable] ?? '').trim() || usual
  const url = URL.parse(given)
  const isHere = url?.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)
  if (url?.protocol === 'https:' || isHere) return given
  throw new CannotRun(`Unexpected ${variable}, expected an address that starts with \`https://\`.`)
}
