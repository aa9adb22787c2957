/** A site of thousands of projects, below a path: what is one page elsewhere is many here, and only what is on the screen is drawn. */
import type { Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { validationProblemsOf } from '#tests/site/html-validate.ts'
import { addressOf, long } from './sites.ts'
import { expect, test } from './test.ts'

test.use({ baseURL: addressOf(long) })
const total = long.generated ?? 0
const onPage = 10
const pages = Math.ceil(total / onPage)
const drawn = (page: Page) => page.locator('#matrix tbody tr[data-project]')

test('says how many projects there are in all, and shows the first page of them', async ({ page }) => {
  await page.goto('matrix/')
  await expect(page.locator('#count')).toContainText(`${total} projects`)
  await expect(drawn(page)).toHaveCount(onPage)
  await expect(page.locator('#pages')).toContainText(`Page 1 of ${pages}`)
})

test('is searched as a whole, from whichever page', async ({ page }) => {
  await page.goto(`matrix/${pages}/`)
  const last = await drawn(page).last().getAttribute('data-project')
  await page.goto('matrix/')
  await page.getByLabel('Find a project').fill(last ?? '')
  await expect(drawn(page)).toHaveCount(1)
  await expect(drawn(page)).toHaveAttribute('data-project', last ?? '')
  await expect(page.locator('#count')).toHaveText(`1 of ${total} projects`)
  await expect(page.locator('#pages')).toBeHidden()
  await page.locator('#matrix tbody tr th a').click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(last ?? '')
})

test('draws a row from its index as the page writes it', async ({ page }) => {
  await page.goto('matrix/2/')
  const written = await drawn(page).first().evaluate(seen)
  await page.goto(`matrix/?q=${written.project}`)
  await expect(drawn(page)).toHaveCount(1)
  await expect.poll(() => drawn(page).first().evaluate(seen)).toEqual(written)

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

test.describe('scrolled', () => {
  test('goes from the first project to the last, with few rows drawn and each at its number', async ({ page }) => {
    await page.goto('matrix/')
    await page.mouse.move(400, 400)
    await page.mouse.wheel(0, 200)
    await expect(page.locator('#matrix')).toHaveAttribute('aria-rowcount', String(total + 1))
    await page.evaluate(() => {
      scrollTo(0, document.body.scrollHeight)
    })
    const last = drawn(page).last()
    await expect(last).toHaveAttribute('aria-rowindex', String(total + 1))
    expect(await drawn(page).count()).toBeLessThan(60)
    expect(await page.locator('*').count()).toBeLessThan(1500)
    const indexes = await drawn(page).evaluateAll((rows) =>
      rows.map((row) => Number(row.ariaRowIndex ?? row.getAttribute('aria-rowindex'))),
    )
    expect(indexes).toEqual([...indexes].sort((a, b) => a - b))
    const middle = await page.evaluate(() => {
      scrollTo(0, document.body.scrollHeight / 2)
      return new Promise<number>((resolve) => {
        requestAnimationFrame(() => {
          requestAnimationFrame(() => {
            const rows = [...document.querySelectorAll<HTMLElement>('#matrix tr[data-project]')]
            resolve(rows.filter((row) => row.getBoundingClientRect().top < innerHeight / 2).length)
          })
        })
      })
    })
    expect(middle).toBeGreaterThan(5)
  })

  test('by a wheel where there is nothing to scroll yet', async ({ page }) => {
    await page.setViewportSize({ width: 1280, height: 2000 })
    await page.goto('matrix/')
    await expect(drawn(page)).toHaveCount(onPage)
    await page.mouse.wheel(0, 100)
    await expect(page.locator('#matrix')).toHaveClass(/windowed/)
  })

  test('all columns at once, its columns stay as wide as their heads', async ({ page }) => {
    await page.goto('matrix/?arch=loong64&sort=freshness')
    await expect(drawn(page).first()).toBeVisible()
    const widths = await page.evaluate(() => {
      const widthOf = (cell: Element) => Math.round(cell.getBoundingClientRect().width)
      const [row] = document.querySelectorAll<HTMLTableRowElement>('#matrix tr[data-project]')
      return {
        heads: [...document.querySelectorAll('#matrix thead th')].map(widthOf).filter((width) => width > 0),
        cells: [...(row?.cells ?? [])].map(widthOf),
        table: widthOf(document.querySelector('#matrix') ?? document.body),
      }
    })
    expect(widths.cells).toEqual(widths.heads)
    expect(Math.abs(widths.table - widths.cells.reduce((sum, width) => sum + width, 0))).toBeLessThan(3)
  })

  test('by the Tab key alone, the focus is always on a row that is on the screen', async ({ page }) => {
    await page.goto('matrix/?sort=support')
    await expect(page.locator('#matrix')).toHaveClass(/windowed/)
    await drawn(page).nth(12).locator('th a').focus()
    let index = 0
    for (let step = 0; step < 60; step += 1) {
      await page.keyboard.press('Tab')
      const focused = page.locator(':focus')
      await expect(focused).toBeInViewport()
      const row = await focused.evaluate((element) => Number(element.closest('tr')?.getAttribute('aria-rowindex')))
      expect(row).toBeGreaterThanOrEqual(index)
      index = row
    }
    expect(index).toBeGreaterThan(18)
  })

  test('answers the keys of the browser’s own search with the field that sees every row', async ({ page }) => {
    await page.goto('matrix/')
    await page.keyboard.press('Control+f')
    await expect(page.getByLabel('Find a project')).toBeFocused()
    await page.locator('#find-hint').getByRole('link', { name: 'go by pages' }).click()
    await expect(page).toHaveURL(/[?]page=1$/)
    await expect(drawn(page)).toHaveCount(onPage)
    await expect(page.locator('#pages')).toContainText(`Page 1 of ${pages}`)
  })
})

test('is paged through while it is filtered, and the page is in the address', async ({ page }) => {
  await page.goto('matrix/?support=works&page=1')
  await expect(page.locator('#pages')).toContainText('Page 1 of')
  // Before its script is there, the page has the links of the whole matrix.
  await expect(page.locator('#count')).toHaveText(new RegExp(`^\\d+ of ${total} projects`))
  const first = await drawn(page).first().getAttribute('data-project')
  await page.getByRole('link', { name: 'Next' }).click()
  await expect(page).toHaveURL(/support=works&page=2$/)
  await expect(page.locator('#pages')).toContainText('Page 2 of')
  await expect(drawn(page).first()).not.toHaveAttribute('data-project', first ?? '')
  await page.reload()
  await expect(page.locator('#pages')).toContainText('Page 2 of')
  await page.goBack()
  await expect(drawn(page).first()).toHaveAttribute('data-project', first ?? '')
  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  await expect(page.locator('#count')).toContainText(`${total} projects`)
  await expect(page.locator('#matrix')).toHaveAttribute('aria-rowcount', String(total + 1))
})

test('is sorted by freshness and by architectures', async ({ page }) => {
  await page.goto('matrix/')
  await page.getByLabel('Sort by').selectOption('freshness')
  await expect(page).toHaveURL(/sort=freshness$/)
  await expect(drawn(page).first().locator('td', { hasText: '2025' }).first()).toBeVisible()
  await page.getByLabel('Sort by').selectOption('support')
  await expect(page).toHaveURL(/sort=support$/)
  await expect.poll(() => drawn(page).first().locator('td[data-support=works]').count()).toBeGreaterThan(4)
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
  await expect(page.locator('#matrix')).toHaveAttribute('aria-rowcount', String(total + 1))
})

test('has projects that the search finds by name, also where it is mistyped', async ({ page }) => {
  await page.goto(`matrix/${pages}/`)
  const name = (await drawn(page).last().getAttribute('data-project')) ?? ''
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
  await expect(drawn(page)).toHaveCount(onPage)
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
