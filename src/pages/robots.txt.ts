import { absoluteAddressOf } from '#site/data.ts'

export function GET(): Response {
  return new Response(`User-agent: *\nAllow: /\n\nSitemap: ${absoluteAddressOf('/sitemap-index.xml')}\n`)
}
