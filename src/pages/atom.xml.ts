import type { APIRoute } from 'astro'
import { newsletterAtom } from '#site/newsletter.ts'

export const GET: APIRoute = () =>
  new Response(newsletterAtom(), { headers: { 'content-type': 'application/atom+xml; charset=utf-8' } })
