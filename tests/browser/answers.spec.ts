/** The pages that answer for an architecture or a category: paged without a script, and the reader's own first. */
import { addressOf, long, real } from './sites.ts'
import { expect, test } from './test.ts'

const onPage = 150

test.describe('a site of thousands of projects, without JavaScript', () => {
  test.use({ baseURL: addressOf(long), javaScriptEnabled: false })

  test('pages the projects of an architecture, and leads from each page to the next', async ({ page }) => {
    await page.goto('architectures/arm64/')
    const rows = page.getByRole('table', { name: /^Projects of which something is known/ }).locator('tbody tr')
    await expect(rows).toHaveCount(onPage)
    const first = await rows.first().locator('a').textContent()
    const pages = page.getByRole('navigation', { name: 'Pages: projects on arm64' })
    await expect(pages.locator('[aria-current=page]')).toHaveText(/Page\s+1/)
    await expect(pages.locator('[rel=prev]')).toHaveCount(0)
    await pages.getByRole('link', { name: 'Next' }).click()
    await expect(page).toHaveURL(/\/repo\/architectures\/arm64\/2\/$/)
    await expect(page.locator('link[rel=canonical]')).toHaveAttribute('href', /\/repo\/architectures\/arm64\/2\/$/)
    await expect(page.locator('link[rel=prev]')).toHaveAttribute('href', '/repo/architectures/arm64/')
    await expect(rows).toHaveCount(onPage)
    await expect(rows.first().locator('a')).not.toHaveText(first ?? '')
    await pages.getByRole('link', { name: 'Previous' }).click()
    await expect(page).toHaveURL(/\/repo\/architectures\/arm64\/$/)
  })

  test('ends with a last page that has no next one', async ({ page }) => {
    await page.goto('architectures/arm64/')
    await page
      .getByRole('navigation', { name: /^Pages/ })
      .getByRole('listitem')
      .last()
      .getByRole('link')
      .click()
    await expect(page).toHaveURL(/\/architectures\/arm64\/\d+\/$/)
    await expect(page.locator('a[rel=next]')).toHaveCount(0)
    await expect(page.locator('a[rel=prev]')).toHaveCount(1)
    expect(await page.locator('tbody tr').count()).toBeLessThanOrEqual(onPage)
  })

  test('leads from the number of a group to the page on which the group begins', async ({ page }) => {
    await page.goto('architectures/arm64/')
    await page.locator('#content').getByRole('link', { name: 'no', exact: true }).click()
    await expect(page).toHaveURL(/\/architectures\/arm64\/\d+\/#no$/)
    await expect(page.locator('tbody#no')).toBeInViewport()
    await expect(page.locator('tbody#no tr').first()).toContainText(/broken|unsupported|dropped/)
  })

  test('pages the rows of a category', async ({ page }) => {
    await page.goto('categories/databases/')
    await expect(page.locator('#matrix tbody tr')).toHaveCount(onPage)
    await page.locator('a[rel=next]').click()
    await expect(page).toHaveURL(/\/repo\/categories\/databases\/2\/$/)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Databases, page 2')
    await expect(page.locator('#matrix tbody tr')).toHaveCount(onPage)
  })

  test('keeps its pages small, however many projects there are', async ({ page }) => {
    for (const path of ['', 'architectures/arm64/', 'architectures/arm64/9/', 'verify/', 'verify/arm64/']) {
      await page.goto(path)
      expect.soft(await page.locator('*').count(), `elements of /${path}`).toBeLessThan(4000)
    }
  })
})

test.describe('of this repository’s content', () => {
  test.use({ baseURL: addressOf(real) })

  test('what needs a check on the reader’s own architecture comes first, in its order', async ({ page }) => {
    await page.goto('verify/')
    const rowsOf = (id: string) => page.locator(`#content tbody tr[data-of-architecture=${id}]`)
    const names = await rowsOf('arm64').locator('th a').allTextContents()
    expect(names.length).toBeGreaterThan(2)
    await page.goto('architectures/arm64/')
    await page.getByLabel('This is my architecture').check()
    await page.goto('verify/')
    const table = page.getByRole('table').first()
    const first = await table
      .locator('tbody tr')
      .evaluateAll(
        (rows, count) => rows.slice(0, count).map((row) => (row as HTMLElement).dataset.ofArchitecture),
        names.length,
      )
    expect(new Set(first)).toEqual(new Set(['arm64']))
    expect(await rowsOf('arm64').locator('th a').allTextContents()).toEqual(names)
    await page.goto('')
    await expect(page.getByRole('table').first().locator('tbody tr').first()).toContainText('arm64')
  })

  test('the numbers of the charts can be read as a table', async ({ page }) => {
    await page.goto('')
    const charts = page.locator('svg[role=img]')
    expect(await charts.count()).toBeGreaterThan(3)
    await page.getByText('The figures as a table').click()
    const table = page.getByRole('table', { name: /^Projects that work at the end of each year/ })
    await expect(table.locator('tbody tr').last().locator('th')).toHaveText('2026')
    await expect(table.locator('thead th')).toHaveCount((await charts.count()) + 1)
  })
})
