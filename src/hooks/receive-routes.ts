/** The addresses of a receiver: what each takes, and who may send it. */
import type { IncomingHttpHeaders } from 'node:http'
import { refusals, refuse, type Refusal } from './receive-refusals.ts'
import type { TokenVerifier } from './receive-oidc.ts'
import { isKnownRepository, notRegistered, takeReports } from './receive-reports.ts'
import type { Secret } from './receive-secrets.ts'
import { verifyBuildkite, verifyGithub, verifyGitlab, type Delivery, type Verified } from './receive-signatures.ts'
import { hookAdapters, takeWebhook, type Desk, type Taken } from './receive-webhooks.ts'

/** Who may send, by what they show. A kind without secrets is not taken. */
export interface Senders {
  github: readonly Secret[]
  /** Signing tokens of GitLab: `whsec_…`. */
  gitlabSigning: readonly Secret[]
  /** Secret tokens of GitLab, which it sends as they are. */
  gitlabTokens: readonly Secret[]
  buildkite: readonly Secret[]
  reports: TokenVerifier | undefined
}

/** What takes a body, once its sender is known as far as headers tell. */
export type Reader = (body: Buffer, receivedAt: number) => Promise<Taken>

export type Admission = { read: Reader; refusal?: undefined } | { refusal: Refusal; read?: undefined }

export interface Route {
  types: readonly string[]
  maximumBytes: number
  /** Looks at the headers: who shows nothing there is not listened to. */
  admit(headers: IncomingHttpHeaders, desk: Desk): Promise<Admission>
}

const json = ['application/json'] as const
/** A webhook about a job has some ten kilobytes, the largest pipelines of GitLab some hundred. */
const maximumHookBytes = 1024 * 1024
const maximumReportBytes = 256 * 1024

/** Routes by path. */
export function routesFor(senders: Senders): ReadonlyMap<string, Route> {
  const { github, gitlabSigning, gitlabTokens, buildkite, reports } = senders
  return new Map<string, Route>([
    [
      '/hooks/github',
      hook('github', github, ['X-Hub-Signature-256'], async (delivery) => await verifyGithub(delivery, github)),
    ],
    [
      '/hooks/gitlab',
      hook('gitlab', [...gitlabSigning, ...gitlabTokens], ['webhook-signature', 'X-Gitlab-Token'], (delivery) =>
        verifyGitlab(delivery, gitlabSigning, gitlabTokens),
      ),
    ],
    [
      '/hooks/buildkite',
      hook('buildkite', buildkite, ['X-Buildkite-Signature', 'X-Buildkite-Token'], (delivery) =>
        verifyBuildkite(delivery, buildkite),
      ),
    ],
    ['/reports', reportRoute(reports)],
  ])
}

function hook(
  name: keyof typeof hookAdapters,
  secrets: readonly Secret[],
  signatures: readonly string[],
  verify: (delivery: Delivery) => Verified | Promise<Verified>,
): Route {
  return {
    types: json,
    maximumBytes: maximumHookBytes,
    admit: (headers, desk) => {
      if (secrets.length === 0) return Promise.resolve({ refusal: notConfigured(name) })
      if (!signatures.some((header) => headers[header.toLowerCase()] !== undefined)) {
        const expected = signatures.map((header) => `\`${header}\``).join(' or ')
        return Promise.resolve({ refusal: refuse(refusals.badSignature, `Send the header ${expected}.`) })
      }
      const read: Reader = async (body, receivedAt) => {
        const { secret, refusal } = await verify({ headers, body, receivedAt })
        if (refusal) return { refusal }
        return await takeWebhook(hookAdapters[name], body, secret, desk)
      }
      return Promise.resolve({ read })
    },
  }
}

function reportRoute(verify: TokenVerifier | undefined): Route {
  return {
    types: [...json, 'application/x-ndjson', 'application/jsonl'],
    maximumBytes: maximumReportBytes,
    admit: async ({ authorization }, desk) => {
      if (!verify) return { refusal: notConfigured('reports') }
      const { run, refusal } = await verify(authorization)
      if (refusal) return { refusal }
      // Every repository of the world can get a token for us; few are registered.
      if (!desk.isContentGone && !isKnownRepository(desk.door, run)) return { refusal: notRegistered(run) }
      return { read: async (body, receivedAt) => await takeReports(body, run, receivedAt, desk) }
    },
  }
}

function notConfigured(name: string): Refusal {
  return refuse(refusals.notConfigured, `No secret or audience is set for \`${name}\`.`)
}
