/** Live regions: that they speak, and that they do not repeat themselves. */
import type { Page } from '@playwright/test'
import { field, results, status } from './search.ts'
import { expect, test } from './test.ts'

test.describe('what is announced', () => {
  test('is the number of projects, once for each choice', async ({ page }) => {
    await page.goto('matrix/')
    const said = await listen(page, '#count')
    await page.getByLabel('Category').selectOption('databases')
    await expect(page.locator('#count')).toContainText(' of ')
    expect(await said()).toEqual([await page.locator('#count').innerText()])
  })

  test('is that something was copied, once each time', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.goto('notes/dup2-on-arm64/')
    const block = page.locator('copy-button').first()
    const said = await listen(page, 'copy-button [role=status]')
    for (const times of [1, 2]) {
      await block.getByRole('button').click()
      await expect.poll(async () => (await said()).filter((text) => text !== '')).toEqual(Array(times).fill('Copied'))
    }
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await block.locator('code').innerText())
  })

  test('is the number of results, once for what was typed in one go', async ({ page }) => {
    await page.goto('search/')
    const said = await listen(page, 'search-box [role=status]')
    await field(page).pressSequentially('dup2')
    await expect(results(page).first()).toBeVisible()
    await expect(status(page)).toHaveText(/results for “dup2”/)
    // Where the index is slow to come, it has said so before.
    const answers = (await said()).filter((text) => text !== 'Searching…')
    expect(answers).toEqual([await status(page).innerText()])
  })
})

/** Begins to listen to a live region; the answer gives what it has said since. */
async function listen(page: Page, selector: string): Promise<() => Promise<string[]>> {
  const said = await page
    .locator(selector)
    .first()
    .evaluateHandle((region) => {
      const texts: string[] = []
      new MutationObserver(() => texts.push(region.textContent ?? '')).observe(region, {
        childList: true,
        characterData: true,
        subtree: true,
      })
      return texts
    })
  return () => said.jsonValue()
}
