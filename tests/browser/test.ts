/** A page that fails its test where it asks another host, breaks its policy, or has an error in its console. */
import { test as base, type BrowserContext } from '@playwright/test'

export { expect } from '@playwright/test'

export const test = base.extend<{ watched: undefined }>({
  watched: [
    async ({ context }, use) => {
      const faults = watch(context)
      await use(undefined)
      if (faults.length > 0) throw new Error(`The page is not quiet:\n${faults.join('\n')}`)
    },
    { auto: true },
  ],
})

function watch(context: BrowserContext): string[] {
  const faults: string[] = []
  context.on('console', (message) => {
    // A violation of the policy is an error of the console too.
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
  return faults
}
