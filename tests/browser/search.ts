/** What the tests of the search look at. */
import type { Locator, Page } from '@playwright/test'

export const field = (page: Page): Locator => page.getByRole('searchbox', { name: 'Search for' })
export const status = (page: Page): Locator => page.locator('search-box').getByRole('status')
/** The title of each result. */
export const results = (page: Page): Locator => page.locator('search-box li > a')
