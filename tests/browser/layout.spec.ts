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

/** The edges of the page: whatever face its words are in, they begin and end there. */
function frameOf(page: Page): Promise<number[]> {
  return page.evaluate(() => {
    const boxOf = (selector: string) => document.querySelector(selector)?.getBoundingClientRect()
    const begin = ['header .title', 'main h1', 'footer li'].map((selector) => boxOf(selector)?.left)
    const end = ['header li:last-child', 'footer theme-switch'].map((selector) => boxOf(selector)?.right)
    return [...begin, ...end].map((edge) => Math.round(edge ?? -1))
  })
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

test('what stands by itself is large enough for a finger', async ({ page }) => {
  for (const [path, targets] of [
    ['architectures/arm64/', '.crumbs a, nav a, summary:visible, .scroller th a'],
    ['matrix/', '#matrix thead a:visible, summary:visible'],
    ['matrix/?compare=jq,php', '#comparison button:visible'],
    ['', 'aside a:only-child, .scroller th a, summary'],
    ['recipes/', 'main nav a'],
  ] as const) {
    await page.goto(path)
    await expect(page.locator(targets).first()).toBeVisible()
    const small = await page.locator(targets).evaluateAll((all) =>
      all.flatMap((target) => {
        const { width, height } = target.getBoundingClientRect()
        return Math.min(width, height) < 24 ? [`${target.textContent.trim()}: ${width} × ${height}`] : []
      }),
    )
    expect.soft(small, `/${path}`).toEqual([])
  }
})

test.describe('360 pixels wide', () => {
  test.use({ viewport: { width: 360, height: 800 } })

  test('the words of no caption are wider than the screen', async ({ page }) => {
    for (const path of ['', 'status-words/', 'architectures/arm64/', 'api/', 'recipes/build-jq/']) {
      await page.goto(path)
      const cut = await page.locator('caption:not(.visually-hidden):visible').evaluateAll((all) =>
        // Its box is as wide as its table; its words are what is read.
        all
          .filter((caption) => (caption.firstElementChild ?? caption).getBoundingClientRect().right > 360)
          .map(({ textContent }) => textContent),
      )
      expect.soft(cut, `/${path}`).toEqual([])
    }
  })
})

test('a day of changes names each way once, also where some of them are hidden', async ({ page }) => {
  await page.goto('changes/')
  const day = page.locator('[data-changes-of="2026-11-21"]')
  const named = () =>
    day
      .locator('li:visible > [data-direction]')
      .evaluateAll((all) =>
        all.filter((word) => getComputedStyle(word).fontSize !== '0px').map(({ textContent }) => textContent),
      )
  expect(await named()).toEqual(['gained', 'verified'])
  await page.getByLabel('Architecture').selectOption('riscv64')
  expect(await named()).toEqual(['gained'])
})

test.describe('without colours of our own', () => {
  test.use({ contextOptions: { forcedColors: 'active', reducedMotion: 'reduce' } })

  test('bars are there with the marks that explain them', async ({ page }) => {
    await page.goto('')
    const table = page.locator('.scroller table').first()
    await expect(table.locator('svg').first()).toBeVisible()
    const fill = await table
      .locator('rect[data-tone=works]')
      .first()
      .evaluate((bar) => getComputedStyle(bar).fill)
    const mark = await table
      .locator('thead [data-group=works]')
      .evaluate((word) => getComputedStyle(word, '::before').backgroundColor)
    expect(fill).toBe(mark)
  })
})
