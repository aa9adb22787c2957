/** A test that fails where a page asks another host, breaks its policy, or has an error in its console. */
import { test as base } from '@playwright/test'
import { watch } from './watch.ts'

export { expect } from '@playwright/test'

export const test = base.extend<{ watched: undefined }>({
  watched: [
    async ({ context }, use) => {
      const faults = await watch(context)
      await use(undefined)
      if (faults.length > 0) throw new Error(`The page is not quiet:\n${faults.join('\n')}`)
    },
    { auto: true },
  ],
})
