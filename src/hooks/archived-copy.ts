/** Asks the Wayback Machine for the copy of a page that is nearest to a day: https://archive.org/help/wayback_api.php */
import { z } from 'zod'
import { WebLink } from '#domain/link.ts'

const Answer = z.object({
  archived_snapshots: z.object({
    closest: z.object({ available: z.literal(true), url: WebLink, status: z.string() }).optional(),
  }),
})

export const waybackAddress = 'https://archive.org/wayback/available'

/** Undefined where there is none, and where nobody answers: a later run asks again. Never throws. */
export async function archivedCopyOf(
  link: string,
  day: string | undefined,
  settings: { api: string; userAgent: string; timeoutMilliseconds: number },
): Promise<string | undefined> {
  const { api, userAgent, timeoutMilliseconds } = settings
  const question = new URL(api)
  question.searchParams.set('url', link)
  if (day !== undefined) question.searchParams.set('timestamp', day.replaceAll('-', ''))
  try {
    const response = await fetch(question, {
      headers: { 'user-agent': userAgent, accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMilliseconds),
    })
    if (!response.ok || Number(response.headers.get('content-length') ?? 0) > 1_000_000) return undefined
    const closest = Answer.safeParse(await response.json()).data?.archived_snapshots.closest
    if (closest === undefined || !closest.status.startsWith('2')) return undefined
    // The API still names its copies with http.
    return closest.url.replace(/^http:\/\/web\.archive\.org\//, 'https://web.archive.org/')
  } catch {
    return undefined
  }
}
