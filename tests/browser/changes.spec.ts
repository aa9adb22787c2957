/** The changes of one architecture or direction, and the address that keeps the choice. */
import { expect, test } from './test.ts'

test('changes are filtered by architecture and direction, and the address keeps it', async ({ page }) => {
  await page.goto('changes/')
  const lines = page.locator('[data-change]:visible')
  const all = await lines.count()
  await page.getByLabel('Architecture').selectOption('riscv64')
  await page.getByLabel('Direction').selectOption('gained')
  const shown = await lines.count()
  expect(shown).toBeGreaterThan(0)
  expect(shown).toBeLessThan(all)
  for (const line of await lines.all()) {
    await expect(line).toHaveAttribute('data-architectures', /\briscv64\b/)
    await expect(line).toHaveAttribute('data-change', 'gained')
  }
  await expect(page.locator('#change-count')).toHaveText(`${shown} of ${all} lines on this page`)
  await expect(page).toHaveURL(/arch=riscv64&direction=gained$/)

  await page.reload()
  await expect(lines).toHaveCount(shown)
})

test('a choice that there is not shows everything', async ({ page }) => {
  await page.goto('changes/?arch=vax&direction=up')
  await expect(page.locator('[data-change]:not(:visible)')).toHaveCount(0)
})
