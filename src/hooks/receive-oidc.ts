/**
 * Who sends a report: a job of GitHub Actions, by the token that GitHub gives it for this receiver.
 * What the token says about the run is GitHub's word; nothing of it is asked of the sender.
 */
import { errors, jwtVerify, type JWTVerifyGetKey } from 'jose'
import { z } from 'zod'
import { trustedEvents } from '#ingest/github-workflow-run.ts'
import { KeysUnreachable } from './receive-keys.ts'
import { refusals, refuse, type Refusal } from './receive-refusals.ts'

/** What a token says about its run. All of GitHub's claims are text. */
const Claims = z.object({
  repository: z.string().regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/),
  repository_id: z.string().regex(/^\d{1,20}$/),
  run_id: z.string().regex(/^\d{1,20}$/),
  run_attempt: z.coerce.number().int().min(1).max(10_000),
  event_name: z.string().min(1).max(60),
  ref: z.string().min(1).max(250),
  workflow: z.string().max(200).optional(),
  workflow_ref: z.string().max(1000),
  job_workflow_ref: z.string().max(1000).optional(),
  // Tokens of older servers have none.
  check_run_id: z.coerce
    .string()
    .regex(/^\d{1,20}$/)
    .optional(),
})

/** The run that a token was given to. */
export interface TokenRun {
  repository: string
  repositoryId: string
  runId: string
  attempt: number
  event: string
  ref: string
  /** Page of the job, or of the attempt where the token does not name the job. */
  page: string
  /** Names of its workflow: title, file, and the reusable workflow that it calls. */
  workflows: string[]
}

export type TokenVerified = { run: TokenRun; refusal?: undefined } | { refusal: Refusal; run?: undefined }

export type TokenVerifier = (authorization: string | undefined) => Promise<TokenVerified>

export interface TokenTrust {
  issuer: string
  /** Words by which tokens mean this receiver. */
  audiences: readonly string[]
  keyOf: JWTVerifyGetKey
  /** Milliseconds since 1970. */
  clock: () => number
}

/** GitHub's tokens are of one or two kilobytes. */
const maximumTokenLength = 8192
/** Clocks differ. */
const toleranceSeconds = 60

export function tokenVerifier({ issuer, audiences, keyOf, clock }: TokenTrust): TokenVerifier {
  return async (authorization) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/i.exec(authorization ?? '')?.[1]
    if (token === undefined || token.length > maximumTokenLength) {
      return refused('Send the token of the job: `Authorization: Bearer …`.')
    }
    let payload: unknown
    try {
      const verified = await jwtVerify(token, keyOf, {
        issuer,
        audience: [...audiences],
        // The issuer signs with this one; a list from the token itself would let its sender choose.
        algorithms: ['RS256'],
        requiredClaims: ['exp', 'nbf', 'iat'],
        // They live for five minutes, whatever they say.
        maxTokenAge: 600,
        clockTolerance: toleranceSeconds,
        currentDate: new Date(clock()),
      })
      payload = verified.payload
    } catch (error) {
      if (!(error instanceof KeysUnreachable)) return refused(whyOf(error))
      return { refusal: refuse(refusals.keysUnreachable, 'Send the report again: it was not read.') }
    }
    const claims = Claims.safeParse(payload)
    if (!claims.success) {
      const claim = String(claims.error.issues[0]?.path[0] ?? '')
      return refused(`The claim \`${claim}\` is missing or is not as GitHub writes it.`)
    }
    return trusted(claims.data)
  }
}

function trusted(claims: z.infer<typeof Claims>): TokenVerified {
  const { event_name: event, ref, check_run_id: job } = claims
  if (!trustedEvents.includes(event) || ref.startsWith('refs/pull/')) {
    const detail = 'Report runs of `push`, `schedule`, `workflow_dispatch` and `release` alone.'
    return { refusal: refuse(refusals.untrustedEvent, detail) }
  }
  const own = claims.workflow_ref.split('@')[0] ?? ''
  const called = claims.job_workflow_ref?.split('@')[0] ?? own
  const file = own.startsWith(`${claims.repository}/`) ? own.slice(claims.repository.length + 1) : own
  const page = `https://github.com/${claims.repository}/actions/runs/${claims.run_id}`
  return {
    run: {
      // What GitHub calls a check run is the job: both have the same number.
      page: job === undefined ? `${page}/attempts/${claims.run_attempt}` : `${page}/job/${job}`,
      repository: claims.repository,
      repositoryId: claims.repository_id,
      runId: claims.run_id,
      attempt: claims.run_attempt,
      event,
      ref: ref.replace(/^refs\/(?:heads|tags)\//, ''),
      workflows: [...new Set([claims.workflow ?? '', file, called])].filter((name) => name !== ''),
    },
  }
}

function refused(detail: string): TokenVerified {
  return { refusal: refuse(refusals.badToken, detail) }
}

/** In our words: those of the library may repeat what stands in the token. */
function whyOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired. Ask for it right before it is sent.'
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud') return 'The token is for somebody else. Ask for it with the audience of this receiver.'
    if (error.claim === 'iss') return 'The token is of another issuer than this receiver trusts.'
    return `The claim \`${/^(?:exp|nbf|iat)$/.test(error.claim) ? error.claim : 'of a time'}\` does not hold here and now.`
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return 'The token is not signed with RS256.'
  if (error instanceof errors.JWKSNoMatchingKey) return 'The token is signed with a key that its issuer does not have.'
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'The signature of the token does not fit.'
  return 'What was sent is no token.'
}
