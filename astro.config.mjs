import sitemap from '@astrojs/sitemap'
import { defineConfig } from 'astro/config'
import { readSettings } from './src/site/settings.ts'
import { siteAddress } from './src/site/address.ts'

const settings = readSettings(process.env, import.meta.dirname)

export default defineConfig({
  site: siteAddress(settings),
  base: settings.basePath,
  trailingSlash: 'always',
  outDir: process.env.ASTRO_OUT_DIR ?? './dist',
  build: { format: 'directory', concurrency: 32, inlineStylesheets: 'never' },
  integrations: [sitemap()],
  devToolbar: { enabled: false },
  security: {
    csp: {
      algorithm: 'SHA-256',
      directives: ["default-src 'self'", "img-src 'self' data:", "object-src 'none'", "base-uri 'none'", "form-action 'self'"],
    },
  },
})
