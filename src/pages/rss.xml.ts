import type { APIRoute } from 'astro'
import { newsletterRss } from '#site/newsletter.ts'

export const GET: APIRoute = () =>
  new Response(newsletterRss(), { headers: { 'content-type': 'application/rss+xml; charset=utf-8' } })
