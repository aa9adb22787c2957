/** Readers who want less motion, colours of their own, or paper; and what moves while a page loads. */
import { pageOfEachKind, real } from './sites.ts'
import { expect, test } from './test.ts'

// Many pages in one test, on a machine that may be busy.
const slow = 240_000

test.describe('where motion is not wanted', () => {
  test('nothing moves by itself on any kind of page', async ({ page }) => {
    test.setTimeout(slow)
    for (const path of pageOfEachKind(real)) {
      await page.goto(path)
      const moving = await page.evaluate(() => {
        const slowest = (times: string) => Math.max(...times.split(',').map((time) => parseFloat(time)))
        return [...document.querySelectorAll('*')]
          .filter((element) => {
            const { transitionDuration, animationDuration, animationName, scrollBehavior } = getComputedStyle(element)
            return (
              slowest(transitionDuration) > 0.001 ||
              (animationName !== 'none' && slowest(animationDuration) > 0.001) ||
              scrollBehavior === 'smooth'
            )
          })
          .map(({ outerHTML }) => outerHTML.slice(0, 100))
      })
      expect.soft(moving.slice(0, 3), `/${path}`).toEqual([])
      // What takes a hundredth of a millisecond is over before anybody sees it.
      const seen = await page.evaluate(
        () => document.getAnimations().filter(({ effect }) => Number(effect?.getTiming().duration) > 1).length,
      )
      expect.soft(seen, `/${path}`).toBe(0)
    }
  })
})

test.describe('without colours of our own', () => {
  test.use({ contextOptions: { forcedColors: 'active', reducedMotion: 'reduce' } })

  test('every status of the matrix is a word, and no two groups have one word', async ({ page }) => {
    await page.goto('matrix/?arch=arm64')
    const cells = await page
      .locator('#matrix tbody td:visible')
      .evaluateAll((all) =>
        all.map((cell) => ({ support: (cell as HTMLElement).dataset.support, text: (cell as HTMLElement).innerText })),
      )
    expect(cells.filter(({ text }) => !/\p{L}/u.test(text))).toEqual([])
    const groupOfWord = new Map<string, string>()
    for (const { support, text } of cells) {
      const word = /\p{L}[\p{L} ]*/u.exec(text)?.[0]?.trim() ?? ''
      const group = /partial|experimental|emulated/.test(support ?? '')
        ? 'limited'
        : /broken|dropped|unsupported/.test(support ?? '')
          ? 'no'
          : /unknown|not-applicable/.test(support ?? '')
            ? 'not known'
            : (support ?? '')
      expect.soft(groupOfWord.get(word) ?? group, word).toBe(group)
      groupOfWord.set(word, group)
    }
    expect(groupOfWord.size).toBeGreaterThan(3)
  })
})

test.describe('on paper', () => {
  test('every kind of page is its content, without what only a screen needs', async ({ page }) => {
    test.setTimeout(slow)
    await page.emulateMedia({ media: 'print' })
    for (const path of pageOfEachKind(real).filter((kind) => kind !== 'search/')) {
      await page.goto(path)
      const shown = await page
        .locator('nav, button, input, select, dialog')
        .filter({ visible: true })
        .evaluateAll((elements) => elements.map(({ outerHTML }) => outerHTML.slice(0, 100)))
      expect.soft(shown, `frame of /${path}`).toEqual([])
      expect.soft(await page.getByRole('heading', { level: 1 }).isVisible(), `title of /${path}`).toBe(true)
      expect.soft((await page.locator('main').innerText()).length, `text of /${path}`).toBeGreaterThan(100)
    }
    await page.goto('matrix/')
    await expect(page.locator('#matrix')).toBeVisible()
  })
})

for (const width of [360, 1280]) {
  test(`nothing moves while a page loads, ${width} pixels wide`, async ({ browser, baseURL }) => {
    for (const path of ['', 'matrix/', 'projects/cockroachdb/', 'issues/0001/']) {
      let shifts = ['not loaded']
      // On a busy machine a browser may draw half of a page before it has read the rest. What moves for another
      // reason (a font, a picture, a script) moves each time, in a browser that has nothing in its cache.
      for (let tries = 0; tries < 3 && shifts.length > 0; tries += 1) {
        const context = await browser.newContext({ ...(baseURL && { baseURL }), viewport: { width, height: 800 } })
        const page = await context.newPage()
        await page.goto(path, { waitUntil: 'networkidle' })
        shifts = await page.evaluate(shiftsOfLayout)
        await context.close()
      }
      expect.soft(shifts, `/${path}`).toEqual([])
    }
  })
}

/** Runs in the page: how far something moved without a reader's doing, and what. */
function shiftsOfLayout(): Promise<string[]> {
  return new Promise((resolve) => {
    const found: string[] = []
    const observer = new PerformanceObserver((list) => {
      // TypeScript's library does not know these entries.
      for (const { value, sources } of list.getEntries() as (PerformanceEntry & {
        value: number
        sources: { node: Element | null }[]
      })[]) {
        found.push(`${value}: ${sources.map(({ node }) => node?.parentElement?.outerHTML.slice(0, 80)).join(' ')}`)
      }
    })
    observer.observe({ type: 'layout-shift', buffered: true })
    // Entries of the past come with the next task; two frames are enough.
    requestAnimationFrame(() =>
      requestAnimationFrame(() =>
        setTimeout(() => {
          resolve(found)
        }),
      ),
    )
  })
}
