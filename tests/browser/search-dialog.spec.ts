/** The search that opens on every page but its own. */
import type { Page } from '@playwright/test'
import { field, results } from './search.ts'
import { addressOf, fork } from './sites.ts'
import { expect, test } from './test.ts'

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Search' })

test.describe('the dialog', () => {
  test('opens with /, goes through results with the arrow keys, and opens one with Enter', async ({ page }) => {
    await page.goto('')
    await page.keyboard.press('/')
    await expect(dialog(page)).toBeVisible()
    await expect(dialog(page).getByRole('heading', { name: 'Search' })).toBeVisible()
    await expect(field(page)).toBeFocused()
    await expect(field(page)).toHaveValue('')
    await page.keyboard.type('cockroach')
    await expect(results(page).nth(1)).toBeVisible()
    await page.keyboard.press('ArrowDown')
    await expect(results(page).nth(0)).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await expect(results(page).nth(1)).toBeFocused()
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    await expect(field(page)).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/projects\/cockroachdb\/$/)
  })

  test('closes when an answer is a place of the page that is open', async ({ page }) => {
    await page.goto('projects/nodejs/')
    await page.keyboard.press('/')
    await page.keyboard.type('node riscv64')
    await expect(results(page).first()).toHaveText(/^Node.js on riscv64: /)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/projects\/nodejs\/#riscv64$/)
    await expect(dialog(page)).toBeHidden()
    await expect(page.locator('#riscv64').first()).toBeInViewport()
  })

  test('takes Enter in its field for the way to the first result', async ({ page }) => {
    await page.goto('about/')
    await page.keyboard.press('/')
    await page.keyboard.type('cockroach')
    await page.keyboard.press('Enter')
    await expect(results(page).first()).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/projects\/cockroachdb\/$/)
  })

  test('closes with Escape, also where something is typed, and the focus returns to where it was', async ({ page }) => {
    await page.goto('')
    const link = page.locator('main a').nth(2)
    await link.focus()
    await page.keyboard.press('/')
    await page.keyboard.type('dup2')
    await expect(results(page).first()).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(dialog(page)).toBeHidden()
    await expect(link).toBeFocused()

    const opener = page.getByRole('navigation', { name: 'Site' }).getByRole('link', { name: 'Search' })
    await opener.click()
    await expect(field(page)).toBeFocused()
    await page.getByRole('button', { name: 'Close the search' }).click()
    await expect(dialog(page)).toBeHidden()
    await expect(opener).toBeFocused()
  })

  test('finds what was typed before its script was there', async ({ page }) => {
    const { promise: typed, resolve: letGo } = Promise.withResolvers<undefined>()
    await page.route('**/search-box*.js', async (route) => {
      await typed
      await route.continue()
    })
    await page.goto('')
    await page.keyboard.press('/')
    await page.keyboard.type('cockroach')
    await expect(field(page)).toHaveValue('cockroach')
    await expect(results(page)).toHaveCount(0)
    letGo(undefined)
    await expect(results(page).first()).toHaveText('CockroachDB')
  })

  test('keeps the keyboard inside while it is open', async ({ page }) => {
    await page.goto('')
    await page.keyboard.press('/')
    for (let step = 0; step < 12; step += 1) {
      await page.keyboard.press('Tab')
      expect(await page.evaluate(() => document.activeElement?.closest('main, header, footer') ?? null)).toBeNull()
    }
  })

  test('leaves / alone in a field', async ({ page }) => {
    await page.goto('matrix/')
    await page.getByLabel('Find a project').focus()
    await page.keyboard.type('a/b')
    await expect(dialog(page)).toBeHidden()
    await expect(page.getByLabel('Find a project')).toHaveValue('a/b')
  })
})

test.describe('below a path', () => {
  test.use({ baseURL: addressOf(fork) })

  test('everything is fetched from there, and results lead there', async ({ page }) => {
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await page.goto('')
    await page.keyboard.press('/')
    await page.keyboard.type('Ubersetzer')
    await expect(results(page).first()).toHaveText('Übersetzer für Größen')
    expect(asked.filter((path) => !path.startsWith(fork.base))).toEqual([])
    await page.keyboard.press('Enter')
    await expect(results(page).first()).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/repo\/projects\/uebersetzer\/$/)
  })
})
