import { context } from '#site/data.ts'
import { viewSearchWords } from '#views/search.ts'

export function GET(): Response {
  return new Response(JSON.stringify(viewSearchWords(context)))
}
