/** A matrix that is too long for one page, below a path. */
import { addressOf, long } from './sites.ts'
import { expect, test } from './test.ts'

test.use({ baseURL: addressOf(long) })
const total = long.generated ?? 0

test('says how many projects there are in all, and shows the first page of them', async ({ page }) => {
  await page.goto('matrix/')
  await expect(page.locator('#count')).toContainText(`${total} projects`)
  await expect(page.locator('#matrix tbody tr')).toHaveCount(150)
  await expect(page.locator('#pages')).toContainText('Page 1 of 3')
})

test('is searched as a whole, from whichever page', async ({ page }) => {
  await page.goto('matrix/3/')
  const last = await page.locator('#matrix tbody tr').last().getAttribute('data-project')
  await page.goto('matrix/')
  await page.getByLabel('Find a project').fill(last ?? '')
  await expect(page.locator('#matrix tbody tr')).toHaveCount(1)
  await expect(page.locator('#matrix tbody tr')).toHaveAttribute('data-project', last ?? '')
  await expect(page.locator('#count')).toHaveText(`1 of ${total} projects`)
  await expect(page.locator('#pages')).toBeHidden()
  await page.locator('#matrix tbody tr th a').click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(last ?? '')
})

test('draws a row from its index as the page writes it', async ({ page }) => {
  await page.goto('matrix/2/')
  const written = await page.locator('#matrix tbody tr').first().evaluate(seen)
  await page.goto(`matrix/?q=${written.project}`)
  await expect(page.locator('#matrix tbody tr')).toHaveCount(1)
  expect(await page.locator('#matrix tbody tr').first().evaluate(seen)).toEqual(written)

  function seen(row: Element) {
    return {
      project: (row as HTMLElement).dataset.project ?? '',
      head: row.querySelector('th')?.innerText,
      headClass: row.querySelector('th')?.className,
      cells: [...row.querySelectorAll('td')].map((cell) => ({
        ...cell.dataset,
        isHidden: cell.hidden,
        text: cell.textContent?.replace(/\s+/g, ' ').trim(),
        link: cell.querySelector('a')?.href,
        looks: getComputedStyle(cell).padding,
      })),
    }
  }
})

test('is paged through while it is filtered, and the page is in the address', async ({ page }) => {
  await page.goto('matrix/?support=works')
  await expect(page.locator('#pages')).toContainText('Page 1 of')
  const first = await page.locator('#matrix tbody tr').first().getAttribute('data-project')
  await page.getByRole('link', { name: 'Next' }).click()
  await expect(page).toHaveURL(/support=works&page=2$/)
  await expect(page.locator('#pages')).toContainText('Page 2 of')
  await expect(page.locator('#matrix tbody tr').first()).not.toHaveAttribute('data-project', first ?? '')
  await page.reload()
  await expect(page.locator('#pages')).toContainText('Page 2 of')
  await page.goBack()
  await expect(page.locator('#matrix tbody tr').first()).toHaveAttribute('data-project', first ?? '')
  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  await expect(page.locator('#count')).toContainText(`${total} projects`)
  await expect(page.locator('#matrix tbody tr')).toHaveCount(150)
})

test('says so where its index cannot be had, and keeps the rows that it has', async ({ page }) => {
  await page.route('**/matrix/index.json', (route) => route.fulfill({ status: 200, body: 'not json' }))
  await page.goto('matrix/')
  await page.getByLabel('Find a project').fill('anything')
  await expect(page.locator('#count')).toContainText('could not be loaded')
  await expect(page.locator('#matrix tbody tr')).toHaveCount(150)
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('is paged through by links, to the last project', async ({ page }) => {
    await page.goto('matrix/')
    let rows = 0
    for (let number = 1; number <= 3; number += 1) {
      await expect(page.locator('#pages')).toContainText(`Page ${number} of 3`)
      rows += await page.locator('#matrix tbody tr').count()
      if (number < 3) await page.getByRole('link', { name: 'Next' }).click()
    }
    expect(rows).toBe(total)
    await expect(page.getByRole('link', { name: 'Next' })).toBeHidden()
    await page.getByRole('link', { name: 'Previous' }).click()
    await expect(page).toHaveURL(/matrix\/2\/$/)
  })
})
