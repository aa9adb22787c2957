/** Listens to every page of a context for what a reader must never meet. */
import type { BrowserContext } from '@playwright/test'

/** What went wrong on the pages of the context, in the order in which it did; it grows while they live. */
export async function watch(context: BrowserContext): Promise<string[]> {
  const faults: string[] = []
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      faults.push(
        `${message.type()} on ${message.page()?.url() ?? 'a page'}: ${message.text()} ${message.location().url}`,
      )
    }
  })
  context.on('weberror', (error) => {
    faults.push(`error on ${error.page()?.url() ?? 'a page'}: ${error.error().message}`)
  })
  context.on('dialog', (dialog) => {
    faults.push(`dialog on ${dialog.page()?.url() ?? 'a page'}: ${dialog.message()}`)
    void dialog.dismiss()
  })
  context.on('request', (request) => {
    const { protocol, hostname, href } = new URL(request.url())
    if (/^(https?|wss?):$/.test(protocol) && hostname !== 'localhost') faults.push(`asks another host: ${href}`)
  })
  context.on('response', (response) => {
    if (response.status() >= 400 && !response.request().isNavigationRequest()) {
      faults.push(`${response.status()} for ${response.url()}`)
    }
  })
  await context.exposeBinding('reportViolation', ({ page }, violation: string) => {
    faults.push(`policy on ${page.url()}: ${violation}`)
  })
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
      // Playwright puts the function there, see above.
      ;(window as unknown as { reportViolation: (violation: string) => void }).reportViolation(
        `${effectiveDirective} refused ${blockedURI}`,
      )
    })
  })
  return faults
}
