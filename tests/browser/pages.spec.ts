/** One page of each kind, as the sitemap lists them, in every state that a reader may see it in. */
import type { Page } from '@playwright/test'
import { addressOf, everyPage, fork, hostile, pageOfEachKind, real } from './sites.ts'
import { expect, test } from './test.ts'

// Many pages in one test, on a machine that may be busy.
const slow = 240_000

test.describe('320 pixels wide', () => {
  test.use({ viewport: { width: 320, height: 640 } })

  test('no kind of page scrolls sideways', async ({ page }) => {
    test.setTimeout(slow)
    await expectNoSidewaysScroll(page, pageOfEachKind(real))
  })

  test.describe('with words as long as content may have them', () => {
    test.use({ baseURL: addressOf(fork) })

    test('no page scrolls sideways', async ({ page }) => {
      test.setTimeout(slow)
      await expectNoSidewaysScroll(page, everyPage(fork))
    })
  })
})

test('between a phone and a desk no page with a wide table scrolls sideways', async ({ page }) => {
  test.setTimeout(slow)
  for (const path of everyPage(real).filter((path) =>
    /^(?:matrix|projects|recipes|categories|architectures)\//.test(path),
  )) {
    await page.goto(path, { waitUntil: 'domcontentloaded' })
    for (const width of [641, 683, 768, 834, 960]) {
      await page.setViewportSize({ width, height: 800 })
      expect.soft(await beyondTheScreen(page), `/${path} at ${width}`).toEqual([])
    }
  }
})

test.describe('with half the window and text twice as large', () => {
  test.use({ viewport: { width: 640, height: 400 } })

  test('no kind of page scrolls sideways or cuts text off', async ({ page }) => {
    test.setTimeout(slow)
    await page.addInitScript(() => {
      document.addEventListener('DOMContentLoaded', () => {
        document.documentElement.style.fontSize = '200%'
      })
    })
    await expectNoSidewaysScroll(page, pageOfEachKind(real), async (path) => {
      const cut = await page.locator('body *').evaluateAll((all) =>
        all
          .filter((element) => {
            const { overflowX, overflowY, clipPath } = getComputedStyle(element)
            const hides = (overflow: string) => overflow === 'hidden' || overflow === 'clip'
            return (
              clipPath === 'none' &&
              ((hides(overflowX) && element.scrollWidth > element.clientWidth + 1) ||
                // A cell has one line: its word. The year beside it is shown where there is room, and on the project's page.
                (hides(overflowY) &&
                  !element.closest('td[data-support]') &&
                  element.scrollHeight > element.clientHeight + 1))
            )
          })
          .map(({ outerHTML }) => outerHTML.slice(0, 120)),
      )
      expect.soft(cut.slice(0, 4), `cut off on /${path}`).toEqual([])
    })
  })
})

test.describe('with text that tries to leave its place', () => {
  test.use({ baseURL: addressOf(hostile) })

  test('no page runs it, and the browser builds no element from it', async ({ page }) => {
    test.setTimeout(slow)
    for (const path of everyPage(hostile)) {
      await page.goto(path)
      const strange = await page.evaluate(() =>
        [...document.querySelectorAll('*')]
          .filter(
            (element) =>
              element.matches('img[src=x], iframe, object, embed, svg[onload], b, i') ||
              [...element.attributes].some(({ name }) => name.startsWith('on')) ||
              (element instanceof HTMLAnchorElement && element.href !== '' && !/^https?:$/.test(element.protocol)),
          )
          .map((element) => element.outerHTML.slice(0, 200)),
      )
      expect.soft(strange, `/${path}`).toEqual([])
    }
  })

  test('the matrix filters by it and shows it as text', async ({ page }) => {
    await page.goto("matrix/?q=alert('name')")
    await expect(page.locator('#matrix tbody tr:visible')).toHaveCount(1)
    await expect(page.locator('#matrix tbody tr:visible th a')).toHaveText("</script><script>alert('name')</script>")
    await page.goto('matrix/?arch=constructor')
    await expect(page.locator('#matrix th[data-column]:visible').first()).toHaveText('constructor')
  })
})

test.describe('below a path', () => {
  test.use({ baseURL: addressOf(fork) })

  test('the links of the frame, the filters and the keys of the site work', async ({ page }) => {
    await page.goto('')
    await page.getByRole('navigation', { name: 'Site' }).getByRole('link', { name: 'Matrix' }).click()
    await expect(page).toHaveURL(/\/repo\/matrix\/$/)
    await page.getByLabel('My architecture').selectOption('amd64')
    await expect(page).toHaveURL(/\/repo\/matrix\/[?]arch=amd64$/)
    await page.getByLabel('Find a project').fill('uber')
    await expect(page.locator('#matrix tbody tr:visible th a')).toHaveText(['Übersetzer für Größen'])
    await page.locator('#matrix tbody tr:visible td[data-architecture=amd64] a').click()
    await expect(page).toHaveURL(/\/repo\/projects\/uebersetzer\/#amd64$/)
  })

  test('an old address leads on', async ({ page }) => {
    // As a link of today has it, and as an old one may.
    for (const address of ['uebersetzer/', 'uebersetzer']) {
      await page.goto(address)
      await expect(page).toHaveURL(/\/repo\/projects\/uebersetzer\/$/)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Übersetzer für Größen')
    }
  })

  test('the page of a missing address has its looks and its way out', async ({ page }) => {
    const answer = await page.request.get('no/such/page/')
    expect(answer.status()).toBe(404)
    await page.goto('404.html')
    await page.locator('#content').getByRole('link', { name: 'the front page' }).click()
    await expect(page).toHaveURL(/\/repo\/$/)
  })
})

test('a link to a cell of a project shows that cell', async ({ page }) => {
  await page.goto('projects/cockroachdb/#arm64')
  await expect(page.locator('tr#arm64')).toBeInViewport()
})

async function expectNoSidewaysScroll(
  page: Page,
  paths: readonly string[],
  andThen: (path: string) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  for (const path of paths) {
    await page.goto(path)
    expect.soft(await beyondTheScreen(page), `/${path}`).toEqual([])
    await andThen(path)
  }
}

/** What makes a page wider than the screen. */
async function beyondTheScreen(page: Page): Promise<string[]> {
  const beyond = await page.evaluate(() => {
    const width = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth <= width) return []
    const isScrolled = (element: Element): boolean => {
      const parent = element.parentElement
      return parent !== null && (getComputedStyle(parent).overflowX !== 'visible' || isScrolled(parent))
    }
    const wide = [...document.body.querySelectorAll('*')].filter(
      (element) => element.getBoundingClientRect().right > width + 1 && !isScrolled(element),
    )
    return [
      `${document.documentElement.scrollWidth} > ${width}`,
      ...wide.map(({ outerHTML }) => outerHTML.slice(0, 120)),
    ]
  })
  return beyond.slice(0, 4)
}
