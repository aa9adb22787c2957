/** Where things stand on a page, and how large they are. */
import type { Page } from '@playwright/test'
import { expect, test } from './test.ts'

for (const width of [1280, 1920]) {
  test(`the frame stands at the same place on every page, ${width} pixels wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 })
    await page.goto('')
    const frame = await frameOf(page)
    for (const path of ['matrix/', 'projects/cockroachdb/', 'changes/', 'search/']) {
      await page.goto(path)
      expect.soft(await frameOf(page), `/${path}`).toEqual(frame)
    }
  })
}

/** Where the name of the site, each of its parts and the end of the page stand, from left to right. */
function frameOf(page: Page): Promise<number[]> {
  return page
    .locator('body > header :is(.title, li), h1, footer theme-switch')
    .evaluateAll((parts) => parts.map((part) => Math.round(part.getBoundingClientRect().left)))
}

test('what the marks of the matrix mean opens below them', async ({ page }) => {
  await page.goto('matrix/')
  const marks = page.locator('summary').filter({ hasText: 'disputed' })
  const place = await marks.boundingBox()
  await marks.click()
  await expect(page.getByText('A person says so, with a link.')).toBeVisible()
  expect(await marks.boundingBox()).toEqual(place)
})

test('with one column the answers of the matrix stand near the names', async ({ page }) => {
  await page.setViewportSize({ width: 1920, height: 800 })
  await page.goto('matrix/?columns=arm64')
  await expect(page.locator('#matrix thead th:visible')).toHaveCount(2)
  expect((await page.locator('#matrix').boundingBox())?.width).toBeLessThan(900)
})
