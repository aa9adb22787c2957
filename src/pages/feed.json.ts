import type { APIRoute } from 'astro'
import { newsletterJsonFeed } from '#site/newsletter.ts'

export const GET: APIRoute = () =>
  new Response(newsletterJsonFeed(), { headers: { 'content-type': 'application/feed+json; charset=utf-8' } })
