/** A report on its way: a token that says which job this is, and a request that is repeated where that may help. */
import { Mistake, shown } from './mistake.mjs'

/** @typedef {import('./world.d.ts').World} World */

const pauses = [1_000, 2_000, 4_000, 8_000]
const longestPause = 60_000
const longestAnswer = 64 * 2 ** 10

/**
 * Sends a report.
 * @param {import('./world.d.ts').Report} report
 * @param {{ receiver: URL, audience: string }} to
 * @param {World} world
 * @throws {Mistake} where it was not taken
 */
export async function deliver(report, { receiver, audience }, world) {
  const body = JSON.stringify(report)
  await repeated('The receiver', world, async () => {
    // A receiver may let each token in once, so every try has its own.
    const token = await idToken(audience, world)
    return ask(`${receiver.href.replace(/\/$/, '')}/reports`, token, world, { method: 'POST', body })
  })
}

/**
 * Where a report may go: a token is never sent in the clear, but to this machine.
 * @param {string} address
 */
export function receiverOf(address) {
  const url = URL.canParse(address) ? new URL(address) : undefined
  const isHere = url !== undefined && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  if (
    !url ||
    !(url.protocol === 'https:' || (url.protocol === 'http:' && isHere)) ||
    url.username ||
    url.search ||
    url.hash
  ) {
    throw new Mistake(
      `Unexpected receiver \`${shown(address)}\`, expected an address such as \`https://hooks.example.org\`.`,
    )
  }
  return url
}

/**
 * A token of GitHub that says which repository, workflow and job this is.
 * https://docs.github.com/en/actions/reference/security/oidc
 * @param {string} audience
 * @param {World} world
 */
async function idToken(audience, world) {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: address, ACTIONS_ID_TOKEN_REQUEST_TOKEN: right } = world.environment
  if (!address || !right) {
    throw new Mistake(
      'The job may not ask GitHub for a token: give it `permissions: {contents: read, id-token: write}`.',
    )
  }
  const url = new URL(address)
  url.searchParams.set('audience', audience)
  const { text } = await repeated('The token service of GitHub', world, () => ask(url.href, right, world, {}))
  const token = tokenOf(text)
  if (token === undefined) throw new Mistake('The token service of GitHub gave an answer without a token.')
  return token
}

/** @param {string} text */
function tokenOf(text) {
  try {
    const value = /** @type {unknown} */ (JSON.parse(text))
    const token = typeof value === 'object' && value !== null && 'value' in value ? value.value : undefined
    // What stands in a header cannot begin a new one.
    return typeof token === 'string' && /^[\w.~+/=-]{1,16384}$/.test(token) ? token : undefined
  } catch {
    return undefined
  }
}

/** @typedef {{ status: number, text: string, token: string, after: number | undefined }} Answer */

/**
 * Tries until there is an answer that will not change: at most five times.
 * @param {string} who for messages
 * @param {World} world
 * @param {() => Promise<Answer>} attempt
 * @returns {Promise<Answer>}
 */
async function repeated(who, world, attempt) {
  for (let tries = 0; ; tries += 1) {
    /** @type {Answer | Error} */
    const answer = await attempt().catch((/** @type {unknown} */ error) => {
      if (error instanceof Mistake) throw error
      return error instanceof Error ? error : new Error(String(error))
    })
    if (!(answer instanceof Error) && answer.status >= 200 && answer.status < 300) return answer
    const pause = pauses[tries]
    if (pause === undefined || !isPassing(answer)) throw new Mistake(`${who} ${sentence(answer)}`)
    const asked = answer instanceof Error ? undefined : answer.after
    await world.sleep(Math.min(Math.max(pause, asked ?? 0), longestPause))
  }
}

/** @param {Answer | Error} answer */
function isPassing(answer) {
  return answer instanceof Error || answer.status === 408 || answer.status === 429 || answer.status >= 500
}

/**
 * One request. Redirections are not followed: the token is for one host.
 * @param {string} url
 * @param {string} token
 * @param {World} world
 * @param {{ method?: string, body?: string }} init
 * @returns {Promise<Answer>}
 */
async function ask(url, token, world, init) {
  const response = await fetch(url, {
    ...init,
    redirect: 'manual',
    signal: AbortSignal.timeout(world.patience),
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${token}`,
      'user-agent': 'works-on-arm-report',
      ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
  })
  return { status: response.status, text: await beginningOf(response), token, after: pauseOf(response, world) }
}

/** @param {Response} response */
async function beginningOf(response) {
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(/** @type {Uint8Array} */ (chunk), { stream: true })
    if (text.length > longestAnswer) break
  }
  return text
}

/**
 * How long the other side wants to be left alone: `Retry-After`, in seconds or as a date.
 * @param {Response} response
 * @param {World} world
 */
function pauseOf(response, world) {
  const said = response.headers.get('retry-after')
  if (said === null) return undefined
  const milliseconds = /^\d{1,6}$/.test(said) ? Number(said) * 1000 : Date.parse(said) - world.now()
  return Number.isFinite(milliseconds) && milliseconds > 0 ? milliseconds : undefined
}

/** @param {Answer | Error} answer */
function sentence(answer) {
  if (answer instanceof Error) {
    const cause = answer.cause instanceof Error ? `: ${shown(answer.cause.message)}` : ''
    return answer.name === 'TimeoutError' ? 'did not answer in time.' : `could not be reached${cause}.`
  }
  return `answered ${answer.status}${detailOf(answer)}.`
}

/**
 * What a problem document (RFC 9457) says, with the first of its problems. Logs are public, so a token that is quoted
 * in it is left out.
 * @param {Answer} answer
 */
function detailOf({ text, token }) {
  try {
    const { title, detail, problems } = mapOf(JSON.parse(text))
    const first = mapOf(Array.isArray(problems) ? /** @type {unknown} */ (problems[0]) : undefined)
    const said = [title, detail, first.reason]
      .flatMap((part) => (typeof part === 'string' ? [shown(part.replaceAll(token, '…')).replace(/\.+$/, '')] : []))
      .filter(Boolean)
    return said.length === 0 ? '' : `: ${[...new Set(said)].join('. ')}`
  } catch {
    return ''
  }
}

/**
 * @param {unknown} value
 * @returns {Record<string, unknown>}
 */
function mapOf(value) {
  return typeof value === 'object' && value !== null ? /** @type {Record<string, unknown>} */ (value) : {}
}
