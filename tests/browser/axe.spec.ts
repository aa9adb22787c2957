/** What axe knows of WCAG 2.0 to 2.2 and of good practice, on one page of each kind; and tables, of which it knows little. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { pageOfEachKind, real } from './sites.ts'
import { expect, test } from './test.ts'

// Many pages in one test, on a machine that may be busy.
const slow = 240_000
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

for (const width of [320, 1280]) {
  test.describe(`${width} pixels wide`, () => {
    test.use({ viewport: { width, height: 800 } })

    test('axe finds nothing on any kind of page, in the light and in the dark', async ({ page }) => {
      test.setTimeout(slow)
      for (const path of pageOfEachKind(real)) {
        await page.goto(path)
        await expectNoViolations(page, `/${path}`)
      }
    })

    test('axe finds nothing in the search, with results and without', async ({ page }) => {
      test.setTimeout(slow)
      await page.goto('')
      await page.keyboard.press('/')
      for (const query of ['page size', 'zzzzqqqq']) {
        await page.getByRole('searchbox', { name: 'Search for' }).fill(query)
        await expect(page.locator('search-box').getByRole('status')).toContainText(query)
        await expectNoViolations(page, query)
      }
    })
  })
}

test('every table has a caption, but for those of Markdown, and every head of it says what it heads', async ({
  page,
}) => {
  test.setTimeout(slow)
  for (const path of pageOfEachKind(real)) {
    await page.goto(path)
    const wrong = await page.locator('table').evaluateAll((tables) =>
      tables.flatMap((table) => {
        const heads = [...table.querySelectorAll('th')]
        return [
          ...(table.closest('.prose') || table.querySelector('caption')?.textContent?.trim() ? [] : ['no caption']),
          ...(heads.some(({ scope }) => scope === 'col') ? [] : ['no head of a column']),
          ...(heads.every(({ scope }) => /^(col|row)(group)?$/.test(scope)) ? [] : ['a head without scope']),
        ]
      }),
    )
    expect.soft(wrong, `/${path}`).toEqual([])
  }
})

async function expectNoViolations(page: Page, where: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    // On a busy machine axe has seen colours of both schemes at once: what is wrong is so at the second look, too.
    const found = (await violationsOn(page)).length === 0 ? [] : await violationsOn(page)
    expect.soft(found, `${where} in the ${colorScheme}`).toEqual([])
  }
}

async function violationsOn(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .options({
      runOnly: { type: 'tag', values: tags },
      // Of WCAG 2.2; axe leaves it out unless asked.
      rules: { 'target-size': { enabled: true } },
      resultTypes: ['violations'],
    })
    // There are no frames, for which the other mode would open a second page.
    .setLegacyMode(true)
    .analyze()
  return violations.map(({ id, nodes }) =>
    [`${id}, ${nodes.length} times`, ...nodes.slice(0, 5).map(describeNode)].join('\n'),
  )
}

/** The element, and what axe says of it: which colours it saw. */
function describeNode({ html, failureSummary = '' }: { html: string; failureSummary?: string }): string {
  return `${html.slice(0, 160)} ${failureSummary}`
}
