import type { Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { expect, test } from './test.ts'

const rows = (page: Page) => page.locator('#matrix tbody tr:visible')
const names = (page: Page) => rows(page).locator('th a')
const columns = (page: Page) =>
  page
    .locator('#matrix th[data-column]:visible')
    .evaluateAll((heads) => heads.map((head) => (head as HTMLElement).dataset.column))
const status = (page: Page) => page.locator('#count')
const queryOf = (page: Page) => new URL(page.url()).searchParams

test.describe('while a reader types', () => {
  test('rows that do not match go, and the count of the others is announced', async ({ page }) => {
    await page.goto('matrix/')
    const all = await rows(page).count()
    await expect(page.getByRole('status').filter({ hasText: 'project' })).toHaveText(`${all} projects`)

    await page.getByLabel('Find a project').fill('cockroach')
    await expect(rows(page)).toHaveCount(1)
    await expect(names(page)).toHaveText(['CockroachDB'])
    await expect(page.getByRole('status').filter({ hasText: 'project' })).toHaveText(`1 of ${all} projects`)
  })

  test('every word counts, whatever its case, its accents and its order', async ({ page }) => {
    await page.goto('matrix/')
    await page.getByLabel('Find a project').fill('DISTRIBUTED  cöckroach')
    await expect(rows(page)).toHaveCount(1)
    await expect(names(page)).toHaveText(['CockroachDB'])
  })

  test('other names and package URLs find a project too', async ({ page }) => {
    await page.goto('matrix/')
    await page.getByLabel('Find a project').fill('golang/go')
    await expect(page.locator('tr[data-project=go]')).toBeVisible()
  })

  test('the summary is searched on a narrow screen too, where it is not shown', async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 640 })
    await page.goto('matrix/')
    await page.getByLabel('Find a project').fill('tolerates disasters')
    await expect(names(page)).toHaveText(['CockroachDB'])
  })

  test('typing leaves no step behind that the back button would have to undo letter by letter', async ({ page }) => {
    await page.goto('')
    await page.goto('matrix/')
    await page.getByLabel('Find a project').pressSequentially('sql data ')
    await expect(page.getByLabel('Find a project')).toHaveValue('sql data ')
    await expect(page).toHaveURL(/[?]q=sql[+]data$/)
    await page.goBack()
    await expect(page).toHaveURL(/matrix\/$/)
    await expect(page.getByLabel('Find a project')).toHaveValue('')
    await expect(status(page)).toHaveText(/^\d+ projects$/)
    await page.goBack()
    await expect(page).not.toHaveURL(/matrix/)
    await expect(page.locator('#matrix')).toHaveCount(0)
  })

  test('of what a choice has narrowed, typing is no step of its own', async ({ page }) => {
    await page.goto('matrix/')
    await page.getByLabel('Category').selectOption('databases')
    await page.getByLabel('Find a project').pressSequentially('sql')
    await expect(page).toHaveURL(/q=sql&category=databases$/)
    await page.goBack()
    await expect(page).toHaveURL(/matrix\/$/)
  })

  test('the example in the field is a project that is there', async ({ page }) => {
    await page.goto('matrix/')
    const [example = ''] = (await page.getByLabel('Find a project').getAttribute('placeholder'))?.split(',') ?? []
    await page.getByLabel('Find a project').fill(example)
    await expect(names(page).first()).toHaveText(example)
  })

  test('Enter keeps the page as it is', async ({ page }) => {
    await page.goto('matrix/')
    await page.getByLabel('Find a project').fill('cockroach')
    await page.getByLabel('Find a project').press('Enter')
    await expect(page).toHaveURL(/matrix\/[?]q=cockroach$/)
    await expect(rows(page)).toHaveCount(1)
  })
})

test.describe('the choices', () => {
  test('are in the address and stay there after a reload', async ({ page }) => {
    await page.goto('matrix/')
    await page.getByLabel('My architecture').selectOption('arm64')
    await page.getByLabel('Support', { exact: true }).selectOption('works')
    await page.getByLabel('Basis').selectOption('stale')
    await page.getByLabel('Category').selectOption('containers')
    await page.getByLabel('Find a project').fill('e')
    await page.getByText('Columns', { exact: true }).click()
    await page.getByRole('checkbox', { name: 'loong64' }).check()

    const query = Object.fromEntries(queryOf(page))
    expect(query).toMatchObject({ q: 'e', arch: 'arm64', support: 'works', basis: 'stale', category: 'containers' })
    expect(query.columns?.split(',')).toContain('loong64')
    const found = await names(page).allTextContents()
    const shown = await columns(page)
    expect(found.length).toBeGreaterThan(0)

    await page.reload()
    await expect(page.getByLabel('My architecture')).toHaveValue('arm64')
    await expect(page.getByLabel('Support', { exact: true })).toHaveValue('works')
    await expect(page.getByLabel('Basis')).toHaveValue('stale')
    await expect(page.getByLabel('Category')).toHaveValue('containers')
    await expect(page.getByLabel('Find a project')).toHaveValue('e')
    await expect(names(page)).toHaveText(found)
    expect(await columns(page)).toEqual(shown)
  })

  test('are conditions on the cells that are shown', async ({ page }) => {
    await page.goto('matrix/?support=works')
    const count = await rows(page).count()
    expect(count).toBeGreaterThan(0)
    for (const row of await rows(page).all()) {
      expect(await row.locator('td[data-support=works]:visible').count()).toBeGreaterThan(0)
    }
  })

  test('are conditions on the reader’s own architecture where one is chosen', async ({ page }) => {
    await page.goto('matrix/?arch=ppc64le&support=works')
    const cells = rows(page).locator('td[data-architecture=ppc64le]')
    expect(await cells.count()).toBeGreaterThan(0)
    for (const cell of await cells.all()) await expect(cell).toHaveAttribute('data-support', 'works')
  })

  test('of a group take in each of its words', async ({ page }) => {
    await page.goto('matrix/?arch=arm64&support=limited')
    const found = await rows(page)
      .locator('td[data-architecture=arm64]')
      .evaluateAll((cells) => cells.map((cell) => (cell as HTMLElement).dataset.support))
    expect(found.length).toBeGreaterThan(0)
    expect(found.filter((word) => !['partial', 'experimental', 'emulated'].includes(word ?? ''))).toEqual([])
  })

  test('are undone by the back button, one by one, and done again by the forward button', async ({ page }) => {
    await page.goto('matrix/')
    const all = await rows(page).count()
    await page.getByLabel('Category').selectOption('databases')
    const inCategory = await rows(page).count()
    expect(inCategory).toBeLessThan(all)
    await page.getByLabel('My architecture').selectOption('riscv64')
    await expect(page).toHaveURL(/arch=riscv64/)

    await page.goBack()
    await expect(page.getByLabel('My architecture')).toHaveValue('')
    await expect(page.getByLabel('Category')).toHaveValue('databases')
    await expect(rows(page)).toHaveCount(inCategory)
    await page.goBack()
    await expect(page.getByLabel('Category')).toHaveValue('')
    await expect(rows(page)).toHaveCount(all)
    await page.goForward()
    await expect(page.getByLabel('Category')).toHaveValue('databases')
    await expect(rows(page)).toHaveCount(inCategory)
  })

  test('come back with the page when a reader returns from a project', async ({ page }) => {
    await page.goto('matrix/')
    await page.getByLabel('Category').selectOption('databases')
    await page.getByLabel('Find a project').fill('cockroach')
    await rows(page).first().getByRole('link', { name: 'CockroachDB', exact: true }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('CockroachDB')
    await page.goBack()
    await expect(page.getByLabel('Find a project')).toHaveValue('cockroach')
    await expect(page.getByLabel('Category')).toHaveValue('databases')
    await expect(names(page)).toHaveText(['CockroachDB'])
  })

  test('that the address names in unknown words are ignored', async ({ page }) => {
    await page.goto('matrix/')
    const all = await rows(page).count()
    const shown = await columns(page)
    await page.goto(
      'matrix/?arch=pdp11&support=perhaps&basis=hearsay&category=nonsense&columns=vax,pdp11&page=-3&other=1',
    )
    await expect(rows(page)).toHaveCount(all)
    expect(await columns(page)).toEqual(shown)
    await expect(status(page)).toHaveText(`${all} projects`)
    for (const label of ['My architecture', 'Support', 'Basis', 'Category']) {
      await expect(page.getByLabel(label, { exact: true })).toHaveValue('')
    }
  })

  test('that the address names as markup stay text', async ({ page }) => {
    const attack = '<img src=x onerror=alert(1)>"\'&'
    await page.goto(`matrix/?q=${encodeURIComponent(attack)}&columns=${encodeURIComponent(attack)}`)
    await expect(page.getByLabel('Find a project')).toHaveValue(attack)
    await expect(page.locator('#no-match')).toBeVisible()
    await expect(page.locator('img[src=x]')).toHaveCount(0)
  })

  test('are all undone by Clear, which leaves the reader in the first field', async ({ page }) => {
    await page.goto('matrix/?q=e&arch=loong64&support=works&basis=stale&category=databases&columns=amd64,loong64')
    await page.getByRole('button', { name: 'Clear', exact: true }).click()
    await expect(page).toHaveURL(/matrix\/$/)
    await expect(page.getByLabel('Find a project')).toBeFocused()
    await expect(page.getByLabel('My architecture')).toHaveValue('')
    await expect(status(page)).toHaveText(/^\d+ projects$/)
    expect(await columns(page)).toEqual(['amd64', 'arm64', 'armv7', 'ppc64le', 's390x', 'riscv64'])
  })
})

test.describe('the columns', () => {
  test('begin with the reader’s own architecture, shown even where it is not by default', async ({ page }) => {
    await page.goto('matrix/')
    await page.getByLabel('My architecture').selectOption('loong64')
    expect(await columns(page)).toEqual(['loong64', 'amd64', 'arm64', 'armv7', 'ppc64le', 's390x', 'riscv64'])
    const first = await rows(page)
      .first()
      .locator('td:visible')
      .evaluateAll((cells) => cells.map((cell) => (cell as HTMLElement).dataset.architecture))
    expect(first).toEqual(await columns(page))

    await page.getByLabel('My architecture').selectOption('')
    expect(await columns(page)).toEqual(['amd64', 'arm64', 'armv7', 'ppc64le', 's390x', 'riscv64'])
    await expect(page).toHaveURL(/matrix\/$/)
  })

  test('that are chosen are in the address, and their cells go with their heads', async ({ page }) => {
    await page.goto('matrix/')
    await page.getByText('Columns', { exact: true }).click()
    await page.getByRole('checkbox', { name: 's390x' }).uncheck()
    await page.getByRole('checkbox', { name: 'armv6' }).check()
    expect(queryOf(page).get('columns')?.split(',')).toEqual(['amd64', 'arm64', 'armv7', 'ppc64le', 'riscv64', 'armv6'])
    await expect(page.locator('#matrix td[data-architecture=s390x]:visible')).toHaveCount(0)
    await expect(rows(page).first().locator('td[data-architecture=armv6]')).toBeVisible()
    await page.goBack()
    await page.goBack()
    expect(await columns(page)).toEqual(['amd64', 'arm64', 'armv7', 'ppc64le', 's390x', 'riscv64'])
  })
})

test('where nothing matches, the page says so and offers what to do', async ({ page }) => {
  await page.goto('matrix/?q=no-such-project-anywhere')
  await expect(page.getByText('No project matches.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Back to the filters' })).toBeHidden()
  await expect(page.locator('#matrix')).toBeHidden()
  await expect(status(page)).toHaveText(/^0 of \d+ projects$/)
  await expect(page.locator('#no-match').getByRole('link', { name: 'add the project' })).toBeVisible()
  await page.getByRole('button', { name: 'Clear the filters' }).click()
  await expect(page.locator('#matrix')).toBeVisible()
  await expect(page.getByText('No project matches.')).toBeHidden()
  await expect(page.getByLabel('Find a project')).toBeFocused()
})

test('the fields of other pages lead into the matrix with their words', async ({ page }) => {
  for (const start of ['', '404.html']) {
    await page.goto(start)
    const form = page.locator('#content').getByRole('search')
    await form.getByLabel('Find a project').fill('cockroach')
    await form.getByRole('button', { name: 'Find' }).click()
    await expect(page).toHaveURL(/matrix\/[?]q=cockroach$/)
    await expect(names(page)).toHaveText(['CockroachDB'])
  }
})

test('the keyboard alone goes from the skip link through the form into the table and out to a source', async ({
  page,
}) => {
  await page.goto('matrix/')
  await page.keyboard.press('Tab')
  const skip = page.getByRole('link', { name: 'Skip to the content' })
  await expect(skip).toBeFocused()
  await expect(skip).toBeInViewport()
  await page.keyboard.press('Enter')
  await expect(page.locator('main#content')).toBeFocused()

  const visited: string[] = []
  for (let step = 0; step < 30; step += 1) {
    await page.keyboard.press('Tab')
    const name = await page.evaluate(() => {
      const focused = document.activeElement as HTMLElement | null
      return focused?.getAttribute('name') ?? focused?.id ?? ''
    })
    const focused = page.locator(':focus')
    await expect(focused).toBeInViewport()
    // Focus is visible: an outline, or a field's own border.
    expect(await focused.evaluate((element) => getComputedStyle(element).outlineStyle)).not.toBe('none')
    visited.push(name || (await focused.evaluate((element) => element.tagName.toLowerCase())))
    if (await focused.evaluate((element) => element.closest('.matrix-scroller') === element)) break
  }
  expect(visited.slice(0, 5)).toEqual(['q', 'arch', 'support', 'basis', 'category'])
  const scroller = page.getByRole('region', { name: 'Support by project and architecture' })
  await expect(scroller).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(page.locator('#matrix thead a').first()).toBeFocused()
  await page.locator('#matrix td a').first().focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/projects\/[^/]+\/#/)
})

test('one key goes past the table, and another one back to the form', async ({ page }) => {
  await page.goto('matrix/')
  const skip = page.getByRole('link', { name: 'Skip the table' })
  await skip.focus()
  await expect(skip).toBeInViewport({ ratio: 1 })
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  const back = page.getByRole('link', { name: 'Back to the filters' })
  await expect(back).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await expect(page.getByLabel('Find a project')).toBeFocused()
})

test('the keyboard alone chooses, and the focus stays where it is', async ({ page }) => {
  await page.goto('matrix/')
  await page.getByLabel('Support', { exact: true }).focus()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByLabel('Support', { exact: true })).toHaveValue('works')
  await expect(page.getByLabel('Support', { exact: true })).toBeFocused()
  await expect(page).toHaveURL(/support=works/)
})

test.describe('a question', () => {
  test('typed as conditions is put at once, and becomes chips and choices with Enter', async ({ page }) => {
    await page.goto('matrix/')
    const field = page.getByLabel('Find a project')
    await field.fill('arch:aarch64 is:limited level>=starts basis:verified')
    await expect(status(page)).toHaveText(/^\d+ of \d+ projects$/)
    const found = await names(page).allTextContents()
    expect((await columns(page))[0]).toBe('arm64')

    await field.press('Enter')
    await expect(field).toHaveValue('')
    await expect(page.getByLabel('My architecture')).toHaveValue('arm64')
    await expect(page.getByLabel('Support', { exact: true })).toHaveValue('limited')
    await expect(page.getByLabel('Basis')).toHaveValue('verified')
    await expect(page.locator('#chips').getByRole('button', { name: 'Remove level>=starts' })).toBeVisible()
    expect(Object.fromEntries(queryOf(page))).toEqual({
      q: 'level>=starts',
      arch: 'arm64',
      support: 'limited',
      basis: 'verified',
    })
    await expect(names(page)).toHaveText(found)

    await page.reload()
    await expect(names(page)).toHaveText(found)
    await page.getByRole('button', { name: 'Remove level>=starts' }).click()
    expect(queryOf(page).has('q')).toBe(false)
    await expect(page.locator('#chips li')).toHaveCount(3)
  })

  test('that means nothing is told what would, and narrows nothing', async ({ page }) => {
    await page.goto('matrix/')
    const all = await rows(page).count()
    await page.getByLabel('Find a project').fill('basis:hearsay')
    await expect(page.locator('#query-problems')).toContainText(
      'basis:hearsay: “hearsay” is no basis. Try verified, claimed',
    )
    await expect(rows(page)).toHaveCount(all)
    await page.getByLabel('Find a project').fill('basis:stale')
    await expect(page.locator('#query-problems')).toBeHidden()
  })

  test('about a word that could mean several architectures is told which, also from an address', async ({ page }) => {
    await page.goto('matrix/?arch=arm')
    await expect(page.locator('#query-problems')).toHaveText(
      'arch:arm: “arm” could mean several architectures. Try arm64, armv7 or armv6. ',
    )
    await expect(page.getByLabel('Find a project')).toHaveValue('arch:arm')
  })

  test('that is mistyped is told the word that is near, and then a few others', async ({ page }) => {
    await page.goto('matrix/?q=category:database')
    await expect(page.locator('#query-problems')).toHaveText(
      /^category:database: “database” is no category here[.] Did you mean databases[?] Or [a-z-]+(, [a-z-]+){5} or \d+ more[.] $/,
    )
    await page.getByLabel('Find a project').fill('foo:bar')
    await expect(page.locator('#query-problems')).toHaveText(
      'foo:bar: “foo” is no field. Try arch:, is:, basis:, level:, execution:, stale: or category:. ',
    )
    await page.getByLabel('Find a project').fill('arch:arm64 arch:riscv64')
    await expect(page.locator('#query-problems')).toHaveText(
      'arch:riscv64: a question is about one architecture, or about all of them. ',
    )
    expect((await columns(page))[0]).toBe('arm64')
  })

  test('leaves out the rows that have a word after a minus', async ({ page }) => {
    await page.goto('matrix/?q=database')
    const all = await names(page).allTextContents()
    expect(all).toContain('CockroachDB')
    await page.getByLabel('Find a project').fill('database -cockroach')
    await expect(names(page)).toHaveText(all.filter((name) => name !== 'CockroachDB'))
  })

  test('with a word for an architecture is about that column, and a project’s own name comes first', async ({
    page,
  }) => {
    await page.goto('matrix/')
    await page.getByLabel('Find a project').fill('sqlite RISCV64')
    await expect(names(page).first()).toHaveText('SQLite')
    expect((await columns(page))[0]).toBe('riscv64')
  })

  test('may have a minus, and commas', async ({ page }) => {
    await page.goto('matrix/?q=-category:libraries&arch=riscv64&support=limited')
    const some = await rows(page).count()
    await page.goto('matrix/?q=is:emulated,partial&arch=riscv64')
    expect(await rows(page).count()).toBeGreaterThan(some - 1)
    expect(some).toBeGreaterThan(0)
  })
})

test.describe('the order', () => {
  test('is by name, by freshness, by architectures', async ({ page }) => {
    await page.goto('matrix/?sort=freshness&arch=arm64')
    const months = await rows(page)
      .locator('td[data-architecture=arm64]')
      .evaluateAll((cells) => cells.map((cell) => (cell as HTMLElement).dataset.month ?? ''))
    expect(months).toEqual([...months].sort().reverse())
    await page.getByLabel('Sort by').selectOption('support')
    const works = await rows(page).evaluateAll((all) =>
      all.map((row) => row.querySelectorAll('td[data-support=works]').length),
    )
    expect(works).toEqual([...works].sort((a, b) => b - a))
  })
})

test.describe('projects side by side', () => {
  test('are marked in their rows, and stand in columns', async ({ page }) => {
    await page.goto('matrix/')
    await page.getByRole('button', { name: 'Compare…' }).click()
    await expect(page.getByRole('button', { name: 'Compare', exact: true })).toBeDisabled()
    await page.getByRole('checkbox', { name: 'Compare SQLite' }).check()
    await page.getByRole('checkbox', { name: 'Compare nginx' }).check()
    await expect(page.locator('#chosen')).toHaveText('SQLite, nginx')
    await page.getByRole('button', { name: 'Compare', exact: true }).click()
    await expect(page).toHaveURL(/[?]compare=sqlite,nginx$/)
    await expect(page.locator('#comparison thead a')).toHaveText(['SQLite', 'nginx'])
    await expect(page.locator('#comparison tr[data-architecture=riscv64] td')).toHaveText([/emulated/, /emulated/])
    await expect(page.locator('#matrix')).toBeHidden()

    await page.getByLabel('Add a project').fill('post')
    await page.getByLabel('Add a project').fill('redi')
    await page.getByLabel('Add a project').fill('busy')
    await page.locator('#suggestions').getByRole('button', { name: 'BusyBox' }).click()
    await expect(page).toHaveURL(/compare=sqlite,nginx,busybox$/)
    await page.getByRole('button', { name: 'Compare without nginx' }).click()
    await expect(page.locator('#comparison thead a')).toHaveText(['SQLite', 'BusyBox'])
    await page.goBack()
    await expect(page.locator('#comparison thead a')).toHaveCount(3)
    await page.getByRole('button', { name: 'Back to the matrix' }).click()
    await expect(page.locator('#matrix')).toBeVisible()
    await expect(page).toHaveURL(/matrix\/$/)
  })

  test('keep the focus on the way there and back', async ({ page }) => {
    await page.goto('matrix/')
    const open = page.getByRole('button', { name: 'Compare…' })
    await open.press('Enter')
    const boxes = page.getByRole('checkbox', { name: /^Compare / })
    await expect(boxes.first()).toBeFocused()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await expect(boxes.nth(1)).toBeChecked()
    await expect(boxes.nth(1)).toBeFocused()
    await expect(page.getByRole('button', { name: 'Cancel' })).toBeInViewport()
    await page.getByRole('checkbox', { name: 'Compare SQLite' }).check()
    await page.keyboard.press('Escape')
    await expect(open).toBeFocused()
    await expect(page.getByRole('checkbox', { name: 'Compare SQLite' })).toHaveCount(0)

    await open.press('Enter')
    await page.getByRole('checkbox', { name: 'Compare nginx' }).check()
    await page.getByRole('checkbox', { name: 'Compare SQLite' }).check()
    await page.getByRole('checkbox', { name: 'Compare SQLite' }).press('Enter')
    await expect(page.getByRole('button', { name: 'Back to the matrix' })).toBeFocused()
    await expect(page.getByLabel('Find a project')).toBeHidden()
    await page.getByRole('button', { name: 'Compare without nginx' }).press('Enter')
    await expect(page.getByRole('button', { name: 'Compare without SQLite' })).toBeFocused()
    await page.getByRole('button', { name: 'Compare without SQLite' }).press('Enter')
    await expect(open).toBeFocused()
  })

  test('that nobody knows are named, and go with the next change', async ({ page }) => {
    await page.goto('matrix/?compare=SQLite,sqlite,no-such-project,%3Cb%3E')
    await expect(page.locator('#comparison thead a')).toHaveText(['SQLite'])
    await expect(status(page)).toHaveText('1 side by side; no project is called no-such-project, <b>')
    await page.getByLabel('Add a project').fill('busybox')
    await page.locator('#suggestions').getByRole('button', { name: 'BusyBox' }).click()
    await expect(page).toHaveURL(/compare=sqlite,busybox$/)
    await expect(status(page)).toHaveText('2 side by side')
  })

  test('are no table where nobody knows any of them', async ({ page }) => {
    await page.goto('matrix/?compare=zzz')
    await expect(status(page)).toHaveText('Nothing to compare: no project is called zzz. Add a project below.')
    await expect(page.locator('#comparison table')).toBeHidden()
    await page.getByLabel('Add a project').fill('nginx')
    await page.locator('#suggestions').getByRole('button', { name: 'nginx', exact: true }).click()
    await expect(page.locator('#comparison thead a')).toHaveText(['nginx'])
  })

  test('are six at most; the others are named, and come in where one goes', async ({ page }) => {
    await page.goto('matrix/?compare=nginx,sqlite,busybox,go,docker,kubernetes,cockroachdb')
    await expect(page.locator('#comparison thead a')).toHaveCount(6)
    await expect(status(page)).toHaveText('6 side by side; no more fit, so CockroachDB is left out')
    await page.getByRole('button', { name: 'Compare without SQLite' }).click()
    await expect(page.locator('#comparison thead a').last()).toHaveText('CockroachDB')
    await expect(status(page)).toHaveText('6 side by side')
  })
})

test.describe('on a narrow screen', () => {
  const copy = (page: Page) => page.locator('.matrix-head')
  const leftsOf = (page: Page, table: string) =>
    page
      .locator(`${table} thead th:visible`)
      .evaluateAll((heads) => heads.map((head) => Math.round(head.getBoundingClientRect().left)))

  for (const path of ['matrix/', 'categories/containers/'])
    test(`the names of columns stay above the rows of /${path}`, async ({ page }) => {
      await page.setViewportSize({ width: 360, height: 500 })
      await page.goto(path)
      await expect(copy(page)).toBeHidden()
      await page
        .locator('#matrix tbody tr')
        .nth(8)
        .evaluate((row) => {
          row.scrollIntoView()
        })
      await expect(copy(page)).toBeVisible()
      expect((await copy(page).boundingBox())?.y).toBe(0)
      await page.locator('.matrix-scroller').evaluate((scroller) => {
        scroller.scrollLeft = 150
      })
      await expect.poll(() => copy(page).evaluate((bar) => bar.scrollLeft)).toBe(150)
      expect(await leftsOf(page, '.matrix-head')).toEqual(await leftsOf(page, '#matrix'))
      await page.evaluate(() => {
        scrollTo(0, document.body.scrollHeight)
      })
      // Below the table it is gone.
      const reachesBelow = () =>
        copy(page).evaluate((bar) => {
          const end = document.querySelector('#matrix')?.getBoundingClientRect().bottom ?? 0
          return bar.getBoundingClientRect().bottom > Math.max(end, 0)
        })
      await expect.poll(reachesBelow).toBe(false)
      await page.evaluate(() => {
        scrollTo(0, 0)
      })
      await expect(copy(page)).toBeHidden()
    })

  test('they are those that are shown, in their order', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 500 })
    await page.goto('matrix/?columns=s390x,arm64')
    await expect.poll(() => columns(page)).toEqual(['arm64', 's390x'])
    await page
      .locator('#matrix tbody tr')
      .nth(8)
      .evaluate((row) => {
        row.scrollIntoView()
      })
    await expect(copy(page).locator('th:visible')).toHaveText(['Project', 'arm64', 's390x'])
  })

  test('the page of a wide screen holds them itself', async ({ page }) => {
    await page.goto('matrix/')
    await page
      .locator('#matrix tbody tr')
      .nth(20)
      .evaluate((row) => {
        row.scrollIntoView()
      })
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(300)
    await expect(copy(page)).toBeHidden()
    expect((await page.locator('#matrix thead th').first().boundingBox())?.y).toBe(0)
  })
})

test.describe('the reader’s own architecture', () => {
  test('stands first beside a question that names none, and the control says so', async ({ page }) => {
    await page.goto('matrix/')
    await page.getByLabel('My architecture').selectOption('s390x')
    await page.goto('matrix/?q=sqlite')
    await expect.poll(async () => (await columns(page))[0]).toBe('s390x')
    await expect(page.getByLabel('My architecture')).toHaveValue('')
    await expect(page.locator('#arch option:checked')).toHaveText('any, s390x first')
  })

  test('is remembered, comes first on other pages, and is forgotten when another is wanted', async ({ page }) => {
    await page.goto('matrix/')
    await page.getByLabel('My architecture').selectOption('s390x')
    await page.goto('categories/databases/')
    expect((await columns(page))[0]).toBe('s390x')
    await page.goto('matrix/')
    await expect(page).toHaveURL(/[?]arch=s390x$/)
    expect((await columns(page))[0]).toBe('s390x')
    await page.getByLabel('My architecture').selectOption('')
    await page.goto('categories/databases/')
    expect((await columns(page))[0]).toBe('amd64')
  })

  test('is no condition of a link that names none, and orders its columns', async ({ page }) => {
    await page.goto('matrix/?q=is:works&columns=amd64,arm64,s390x')
    const found = await names(page).allTextContents()
    await page.getByLabel('My architecture').selectOption('s390x')
    await page.goto('matrix/?q=is:works&columns=amd64,arm64,s390x')
    await expect.poll(() => columns(page)).toEqual(['s390x', 'amd64', 'arm64'])
    await expect(names(page)).toHaveText(found)
    await expect(page.getByLabel('My architecture')).toHaveValue('')
    expect(queryOf(page).has('arch')).toBe(false)
    // Nor is it a column that the link does not have.
    await page.goto('matrix/?support=works&columns=amd64,arm64')
    await expect(status(page)).toHaveText(/ of /)
    expect(await columns(page)).toEqual(['amd64', 'arm64'])
  })

  test('is the one of the browser, where it says so', async ({ page }) => {
    await page.addInitScript(() => {
      Object.defineProperty(navigator, 'userAgentData', {
        value: { getHighEntropyValues: () => Promise.resolve({ architecture: 'arm', bitness: '64' }) },
      })
    })
    await page.goto('matrix/')
    await expect(page.getByLabel('My architecture')).toHaveValue('arm64')
    expect((await columns(page))[0]).toBe('arm64')
  })
})

test.describe('Save as CSV saves of matrix.csv', () => {
  for (const { what, search, projects } of [
    { what: 'the rows that are left', search: 'q=cockroach', projects: ['cockroachdb'] },
    {
      what: 'the projects side by side',
      search: 'compare=nginx,SQLite,no-such-project',
      projects: ['nginx', 'sqlite'],
    },
  ]) {
    test(`${what}, in the columns that are shown`, async ({ page }) => {
      await page.goto(`matrix/?${search}&columns=arm64,loong64`)
      const saving = page.waitForEvent('download')
      await page.getByRole('button', { name: 'Save as CSV' }).click()
      const file = await saving
      expect(file.suggestedFilename()).toBe('matrix-selection.csv')
      const whole = await (await page.request.get('matrix.csv')).text()
      const [head, ...lines] = whole.split('\n')
      const wanted = projects.flatMap((project) => ['arm64', 'loong64'].map((id) => `${project},${id},`))
      expect(readFileSync(await file.path(), 'utf8').split('\n')).toEqual([
        head,
        ...lines.filter((line) => wanted.some((start) => line.startsWith(start))),
        '',
      ])
    })
  }

  test('nothing where that cannot be had, and says so', async ({ page }) => {
    await page.goto('matrix/')
    await page.route('**/matrix.csv', (route) => route.fulfill({ status: 200, body: 'no table' }))
    await expect(page.getByRole('link', { name: 'matrix.csv' })).toBeVisible()
    await page.getByRole('button', { name: 'Save as CSV' }).click()
    await expect(status(page)).toHaveText('The table could not be loaded. Try again.')
  })
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('every row of the table is there, the form is not, and a page for each architecture is linked', async ({
    page,
  }) => {
    await page.goto('matrix/')
    await expect(page.locator('#filters')).toBeHidden()
    await expect(page.getByText('Columns', { exact: true })).toBeHidden()
    await expect(page.locator('tr[data-project=cockroachdb]')).toBeVisible()
    await expect(page.locator('tr[data-project=cockroachdb] td[data-architecture=arm64]')).toHaveText(/coming/)
    const links = page.locator('noscript a')
    await expect(links.filter({ hasText: /^arm64$/ })).toHaveAttribute('href', /architectures\/arm64\/$/)
    await expect(links.filter({ hasText: /^loong64$/ })).toBeVisible()
    await links.filter({ hasText: /^arm64$/ }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('arm64')
    await expect(page.getByRole('link', { name: 'CockroachDB' })).toBeVisible()
  })

  test('no page shows a control that would do nothing', async ({ page }) => {
    for (const path of ['', '404.html', 'matrix/', 'search/', 'recipes/concourse-worker/', 'feeds/']) {
      await page.goto(path)
      await expect(page.locator('main').locator('button:visible, input:visible, select:visible'), path).toHaveCount(0)
      await expect(page.locator('header button:visible, footer select:visible'), path).toHaveCount(0)
    }
  })
})
