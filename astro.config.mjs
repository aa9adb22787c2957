import { defineConfig } from 'astro/config'
import { createHash } from 'node:crypto'
import { followContent } from './scripts/follow-content.ts'
import { programIntegration } from './scripts/program-integration.ts'
import { serveOutputs } from './scripts/serve-outputs.ts'
import { earlyTheme } from './src/layouts/early-theme.ts'
import { readSettings } from './src/site/settings.ts'
import { siteAddress } from './src/site/address.ts'

const settings = readSettings(process.env, import.meta.dirname)

export default defineConfig({
  site: siteAddress(settings),
  base: settings.basePath,
  trailingSlash: 'always',
  outDir: process.env.ASTRO_OUT_DIR ?? './dist',
  build: { format: 'directory', concurrency: 32, inlineStylesheets: 'never' },
  integrations: [programIntegration(), followContent(settings), serveOutputs(settings.basePath)],
  // Markdown is rendered by our own pipeline; Astro's highlighter would only warn about the policy below.
  markdown: { syntaxHighlight: false },
  devToolbar: { enabled: false },
  vite: {
    // The worker loads what reads a format when a file needs it.
    worker: { format: 'es' },
    // Found late, they would make the development server reload the page in the middle of a check.
    optimizeDeps: { include: ['packageurl-js', 'jsonc-parser', 'js-yaml', 'smol-toml', 'saxes', 'dockerfile-ast'] },
  },
  security: {
    csp: {
      algorithm: 'SHA-256',
      scriptDirective: {
        // Pagefind searches in WebAssembly.
        resources: ["'self'", "'wasm-unsafe-eval'"],
        hashes: [/** @type {const} */ (`sha256-${createHash('sha256').update(earlyTheme).digest('base64')}`)],
      },
      directives: [
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        // The check of a stack reads files in a worker.
        "worker-src 'self'",
        "connect-src 'self'",
      ],
    },
  },
})
