/** Why a request is refused: a problem as RFC 9457 has it, with a code of docs/problems.md. */

export interface Refusal {
  code: string
  status: number
  /** What is wrong with all requests of this kind. */
  title: string
  /** What is wrong with this one. Never a secret, never a part of what was sent. */
  detail: string
  headers?: Readonly<Record<string, string>>
}

export type RefusalKind = Omit<Refusal, 'detail'>

export function refuse(kind: RefusalKind, detail: string, headers: Readonly<Record<string, string>> = {}): Refusal {
  return { ...kind, detail, headers: { ...kind.headers, ...headers } }
}

const soon = { 'retry-after': '5' }

export const refusals = {
  notFound: { code: 'not-found', status: 404, title: 'There is nothing at this address.' },
  methodNotAllowed: { code: 'method-not-allowed', status: 405, title: 'This address does not take this method.' },
  notConfigured: { code: 'not-configured', status: 404, title: 'This receiver takes nothing of that kind.' },
  wrongContentType: { code: 'wrong-content-type', status: 415, title: 'This address takes JSON.' },
  bodyTooLarge: { code: 'body-too-large', status: 413, title: 'The body is larger than this address takes.' },
  badRequest: { code: 'bad-request', status: 400, title: 'This is no HTTP request.' },
  headersTooLarge: { code: 'headers-too-large', status: 431, title: 'The headers are larger than they may be.' },
  requestTimeout: { code: 'request-timeout', status: 408, title: 'The request did not come in time.' },
  badSignature: {
    code: 'bad-signature',
    status: 401,
    title: 'The delivery does not show who sent it.',
    headers: { 'www-authenticate': 'Signature' },
  },
  outsideWindow: {
    code: 'outside-window',
    status: 401,
    title: 'The delivery was signed too long ago, or in the future.',
    headers: { 'www-authenticate': 'Signature' },
  },
  badToken: {
    code: 'bad-token',
    status: 401,
    title: 'The token does not show who sent the report.',
    headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
  },
  untrustedEvent: { code: 'untrusted-event', status: 403, title: 'Anybody can start a run like this one.' },
  notRegistered: { code: 'not-registered', status: 403, title: 'No registration names the job.' },
  unreadable: { code: 'unreadable-document', status: 400, title: 'The body is not what its format says.' },
  tooDeep: { code: 'document-too-deep', status: 400, title: 'The body is nested deeper than it may be.' },
  tooManyReports: { code: 'too-many-reports', status: 422, title: 'One request brings more reports than it may.' },
  noReport: { code: 'report-refused', status: 422, title: 'No report of the request counts.' },
  keysUnreachable: {
    code: 'keys-unreachable',
    status: 503,
    title: 'The keys of the issuer cannot be had.',
    headers: soon,
  },
  busy: { code: 'receiver-busy', status: 503, title: 'Too much arrives at once.', headers: soon },
  storeFailed: { code: 'store-failed', status: 503, title: 'The record could not be kept.', headers: soon },
  contentMissing: { code: 'content-missing', status: 503, title: 'The registrations cannot be read.', headers: soon },
  stopping: { code: 'receiver-stopping', status: 503, title: 'The receiver is being stopped.', headers: soon },
  internal: { code: 'internal-error', status: 500, title: 'Something went wrong that should not.' },
} as const satisfies Record<string, RefusalKind>

export function contentMissing(): Refusal {
  return refuse(refusals.contentMissing, 'Send it again: the content folder of this receiver is not there.')
}

/**
 * The text of a problem.
 * @param instance URI of this request; its log line has the same
 * @param problems what was wrong with each part, where there are several
 */
export function serializeRefusal(
  { code, status, title, detail }: Refusal,
  instance: string | undefined,
  problems?: readonly object[],
): string {
  const type = `urn:works-on-arm:problem:${code}`
  return `${JSON.stringify({ type, title, status, detail, instance, code, problems })}\n`
}
