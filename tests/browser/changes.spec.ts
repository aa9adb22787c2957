/** The changes of one architecture or direction, and the address that keeps the choice. */
import { addressOf, long } from './sites.ts'
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
  // Older changes are on the pages of their years.
  const years = page.getByRole('navigation', { name: 'Changes by year' }).getByRole('link')
  for (const year of await years.all()) await expect(year).toHaveAttribute('href', /arch=riscv64&direction=gained$/)

  await page.reload()
  await expect(lines).toHaveCount(shown)
})

test('a choice that there is not shows everything, and is told', async ({ page }) => {
  await page.goto('changes/?arch=vax&direction=up')
  await expect(page.locator('[data-change]:not(:visible)')).toHaveCount(0)
  await expect(page.locator('#change-count')).toHaveText('No line on this page is about “vax” or “up”')
  // It may be one on the page of another year.
  const year = page.getByRole('navigation', { name: 'Changes by year' }).getByRole('link').first()
  await expect(year).toHaveAttribute('href', /arch=vax&direction=up$/)
})

test('a choice may be another word for an architecture', async ({ page }) => {
  await page.goto('changes/?arch=AARCH64')
  await expect(page.getByLabel('Architecture')).toHaveValue('arm64')
  await expect(page).toHaveURL(/arch=arm64$/)
  await expect(page.locator('#change-count')).toHaveText(/^\d+ of \d+ lines on this page$/)
})

test('a choice goes along from page to page of a long year, and back', async ({ page }) => {
  await page.goto(`${addressOf(long)}changes/`)
  await page.getByRole('navigation', { name: 'Changes by year' }).getByRole('link').nth(1).click()
  const lines = page.locator('[data-change]:visible')
  await page.getByLabel('Architecture').selectOption('riscv64')
  await expect(page.locator('#change-count')).toHaveText(/of \d+ lines on this page$/)
  const pages = page.getByRole('navigation', { name: /^Pages: changes of/ })
  await pages.getByRole('link', { name: 'Next' }).click()
  await expect(page).toHaveURL(/\/2\/\?arch=riscv64$/)
  await expect(page.getByLabel('Architecture')).toHaveValue('riscv64')
  expect(await lines.count()).toBeGreaterThan(0)
  for (const line of await lines.all()) await expect(line).toHaveAttribute('data-architectures', /\briscv64\b/)

  await page.getByLabel('Architecture').selectOption('')
  await expect(page).not.toHaveURL(/arch/)
  await page
    .getByRole('navigation', { name: /^Months of/ })
    .getByRole('link')
    .first()
    .click()
  await expect(page).not.toHaveURL(/arch/)
  await expect(page.locator('[data-change]:not(:visible)')).toHaveCount(0)
})

test('what is chosen before the script is there is kept when it comes', async ({ page }) => {
  const script = Promise.withResolvers<undefined>()
  await page.route(/\.js$/, async (route) => {
    await script.promise
    await route.continue()
  })
  await page.goto('changes/', { waitUntil: 'commit' })
  await page.getByLabel('Architecture').selectOption('riscv64')
  script.resolve(undefined)
  await expect(page.locator('#change-count')).toHaveText(/of \d+ lines on this page$/)
  await expect(page.getByLabel('Architecture')).toHaveValue('riscv64')
  await expect(page).toHaveURL(/arch=riscv64$/)
})
