/** A site of thousands of projects, below a path: what is one page elsewhere is many here. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { validationProblemsOf } from '#tests/site/html-validate.ts'
import { addressOf, long } from './sites.ts'
import { expect, test } from './test.ts'

test.use({ baseURL: addressOf(long) })
const total = long.generated ?? 0
const pages = Math.ceil(total / 150)

test('says how many projects there are in all, and shows the first page of them', async ({ page }) => {
  await page.goto('matrix/')
  await expect(page.locator('#count')).toContainText(`${total} projects`)
  await expect(page.locator('#matrix tbody tr')).toHaveCount(150)
  await expect(page.locator('#pages')).toContainText(`Page 1 of ${pages}`)
})

test('is searched as a whole, from whichever page', async ({ page }) => {
  await page.goto(`matrix/${pages}/`)
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

test('keeps the choices of a reader in the address, and the back button undoes them one by one', async ({ page }) => {
  await page.goto('matrix/')
  await page.getByLabel('Category').selectOption('databases')
  await expect(page.locator('#count')).toHaveText(new RegExp(`^\\d+ of ${total} projects`))
  const inCategory = await page.locator('#count').innerText()
  await page.getByLabel('My architecture').selectOption('riscv64')
  await page.getByLabel('Support', { exact: true }).selectOption('works')
  await expect(page).toHaveURL(/arch=riscv64/)
  await expect(page.locator('#count')).not.toHaveText(inCategory)
  const narrowed = await page.locator('#count').innerText()
  const supports = await page
    .locator('#matrix tbody tr:visible td[data-architecture=riscv64]')
    .evaluateAll((cells) => cells.map((cell) => (cell as HTMLElement).dataset.support))
  expect(new Set(supports)).toEqual(new Set(['works']))

  await page.reload()
  await expect(page.locator('#count')).toHaveText(narrowed)
  await page.goBack()
  await page.goBack()
  await expect(page.locator('#count')).toHaveText(inCategory)
  await page.goBack()
  await expect(page.locator('#count')).toContainText(`${total} projects`)
  await expect(page.locator('#matrix tbody tr')).toHaveCount(150)
})

test('has projects that the search finds by name, also where it is mistyped', async ({ page }) => {
  await page.goto(`matrix/${pages}/`)
  const name = (await page.locator('#matrix tbody tr').last().getAttribute('data-project')) ?? ''
  await page.goto('search/')
  const field = page.getByRole('searchbox', { name: 'Search for' })
  await field.fill(name)
  await expect(page.locator('search-box li > a').first()).toHaveText(name)
  await field.fill(name.replace('-', 'q-'))
  await expect(page.locator('search-box').getByRole('status')).toContainText(`Nothing for “${name.replace('-', 'q-')}”`)
  await expect(page.locator('search-box li > a').first()).toHaveText(name)
  await page.locator('search-box li > a').first().click()
  await expect(page).toHaveURL(new RegExp(`/repo/projects/${name}/$`))
})

test('has valid pages after the first', async () => {
  const file = join(import.meta.dirname, '../..', long.folder, 'matrix/2/index.html')
  expect(await validationProblemsOf(readFileSync(file, 'utf8'))).toEqual([])
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
    const projects = new Set<string | undefined>()
    for (let number = 1; number <= pages; number += 1) {
      // Most pages are only read: drawing each of them would take its time and tell nothing new.
      const answer = await page.request.get(number === 1 ? 'matrix/' : `matrix/${number}/`)
      for (const [, id] of (await answer.text()).matchAll(/<tr data-project="([^"]+)"/g)) projects.add(id)
    }
    expect(projects.size).toBe(total)

    await page.goto('matrix/')
    await page.getByRole('link', { name: 'Next' }).click()
    await expect(page.locator('#pages')).toContainText(`Page 2 of ${pages}`)
    await page.goto(`matrix/${pages}/`)
    await expect(page.getByRole('link', { name: 'Next' })).toBeHidden()
    await page.getByRole('link', { name: 'Previous' }).click()
    await expect(page).toHaveURL(new RegExp(`matrix/${pages - 1}/$`))
  })
})
