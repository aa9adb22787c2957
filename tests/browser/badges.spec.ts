/** The badges of every project can be found and copied; without scripts they are on the project's page. */
import { expect, test } from './test.ts'

test('a project is chosen by a part of its id, and its snippets are those of its page', async ({ page }) => {
  await page.goto('badges/')
  const field = page.getByLabel('Project')
  await field.fill('cockroachd')
  await expect(page.locator('datalist option')).toHaveAttribute('value', 'cockroachdb')
  await field.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: 'badge of' })).toHaveText('The badge of CockroachDB.')
  await expect(page).toHaveURL(/\?project=cockroachdb$/)
  const here = await page.locator('[data-badge-of] code').allTextContents()
  await page.goto('projects/cockroachdb/')
  expect(await page.locator('[data-badge-of] code').allTextContents()).toEqual(here)
})

test('the badge of one architecture takes the place of the project’s in every snippet, and gives it back', async ({
  page,
}) => {
  await page.goto('badges/?project=cockroachdb')
  const codes = page.locator('[data-badge-of] code')
  const choice = page.getByLabel('Architecture')
  await expect(choice.locator('option')).toHaveText(['all that are known', /^arm64: in progress, stale/])
  const whole = await codes.allTextContents()
  expect(whole).toHaveLength(4)
  await choice.selectOption('arm64')
  for (const code of await codes.allTextContents()) {
    expect(code).toContain('/badges/cockroachdb/arm64.svg')
    expect(code).toContain('/projects/cockroachdb/#arm64')
  }
  const picture = page.locator('[data-badge-of] img')
  await expect(picture).toHaveAttribute('src', /\/badges\/cockroachdb\/arm64\.svg$/)
  expect(
    await picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth)),
  ).toBeGreaterThan(50)
  await choice.selectOption('')
  expect(await codes.allTextContents()).toEqual(whole)
})

test('a project is chosen by its name too', async ({ page }) => {
  await page.goto('badges/?project=Node.js')
  await expect(page.locator('[data-badge-of]')).toHaveAttribute('data-name', 'Node.js')
})

test('what is no project, and what has no badge, is told', async ({ page }) => {
  await page.goto('badges/')
  const status = page.locator('[data-result]')
  await page.getByLabel('Project').fill('no-such-project')
  await page.keyboard.press('Enter')
  const shown = (await page.locator('[data-badge-of]').getAttribute('data-name')) ?? ''
  await expect(status).toHaveText(
    `There is no project “no-such-project” here. The badge below is still that of ${shown}.`,
  )
  await page.getByLabel('Project').fill('aix')
  await page.keyboard.press('Enter')
  await expect(status).toHaveText(
    `Nothing is known about aix yet, so it has no badge. The badge below is still that of ${shown}.`,
  )
})

test('a snippet is copied to the character', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('projects/cockroachdb/')
  await page.getByText('A badge for your README').click()
  await page.getByRole('button', { name: 'Copy the badge as AsciiDoc' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toHaveText('Copied')
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toMatch(
    /^image:https?:.*\/badges\/cockroachdb\.svg\["Status of CockroachDB by CPU architecture",link="/,
  )
})

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })

  test('the page of badges leads to the pages of projects, which have them folded away', async ({ page }) => {
    await page.goto('badges/')
    await expect(page.locator('noscript p')).toContainText('The page of every project in the')
    await expect(page.getByLabel('Project')).toBeHidden()
    await page.goto('projects/cockroachdb/')
    const snippet = page.locator('[data-badge-of] code').first()
    await expect(snippet).toBeHidden()
    await page.getByText('A badge for your README').click()
    await expect(snippet).toBeVisible()
  })
})
