/** The way of the Tab key through one page of each kind. */
import type { Page } from '@playwright/test'
import { pageOfEachKind, real } from './sites.ts'
import { expect, test } from './test.ts'

// Many pages in one test, on a machine that may be busy.
const slow = 240_000

test('the first stop of the keyboard skips to the content, and every stop can be seen', async ({ page }) => {
  test.setTimeout(slow)
  for (const path of pageOfEachKind(real)) {
    await page.goto(path)
    const stops = await walk(page, 25)
    // The search page begins in its field.
    if (path !== 'search/') expect.soft(stops[0]?.text, `/${path}`).toBe('Skip to the content')
    expect
      .soft(
        stops.filter(({ isSeen }) => !isSeen).map(({ text }) => text),
        `unseen on /${path}`,
      )
      .toEqual([])
    const order = stops.map(({ place }) => place)
    expect.soft(order, `order on /${path}`).toEqual([...order].sort((a, b) => a - b))
  }
})

test.describe('without colours of our own', () => {
  test.use({ contextOptions: { forcedColors: 'active', reducedMotion: 'reduce' } })

  test('what is focused is still outlined', async ({ page }) => {
    await page.goto('matrix/')
    for (const { text, isSeen } of await walk(page, 12)) expect.soft(isSeen, text).toBe(true)
  })
})

interface Stop {
  text: string
  /** Inside the window, and outlined. */
  isSeen: boolean
  /** Its position in the document. */
  place: number
}

/** Where the Tab key stops, from the top of the page; not farther than the last stop. */
async function walk(page: Page, steps: number): Promise<Stop[]> {
  const stops: Stop[] = []
  for (let step = 0; step < steps; step += 1) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(async () => {
      await Promise.all(document.getAnimations().map(({ finished }) => finished))
      const focused = document.activeElement
      if (!(focused instanceof HTMLElement) || focused === document.body) return undefined
      const { top, bottom, left, right, width } = focused.getBoundingClientRect()
      const { outlineStyle, outlineWidth } = getComputedStyle(focused)
      return {
        text: (focused.innerText || focused.getAttribute('name') || focused.outerHTML).slice(0, 60).trim(),
        isSeen:
          outlineStyle !== 'none' &&
          parseFloat(outlineWidth) >= 2 &&
          width > 0 &&
          bottom > 0 &&
          right > 0 &&
          top < innerHeight &&
          left < innerWidth,
        place: [...document.querySelectorAll('*')].indexOf(focused),
      }
    })
    if (!stop) break
    stops.push(stop)
  }
  return stops
}
