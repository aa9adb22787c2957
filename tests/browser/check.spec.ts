/** Checking a stack: what only a browser knows of it. The rules have their tests in `tests/scan`. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page, Request } from '@playwright/test'
import { loadCatalog } from '#catalog/catalog.ts'
import { parseClock } from '#domain/clock.ts'
import { judge } from '#scan/judge.ts'
import { addFile, emptyStack } from '#scan/read-stack.ts'
import { serializeReport } from '#scan/report-json.ts'
import { StackIndex } from '#scan/stack-index.ts'
import { viewStackIndex } from '#views/stack-index.ts'
import { addressOf, hostile, real } from './sites.ts'
import { expect, test } from './test.ts'

const home = resolve(import.meta.dirname, '../..')
const stacks = join(home, 'tests/fixtures/stacks')
const ownLockfile = join(home, 'package-lock.json')

const rows = (page: Page) => page.locator('check-stack tbody tr')
const status = (page: Page) => page.locator('check-stack').getByRole('status')

async function choose(page: Page, ...files: string[]): Promise<void> {
  await page.getByLabel('Choose files').setInputFiles(files)
  await expect(page.getByRole('heading', { level: 2, name: / on (?:arm64|riscv64|amd64)$/ })).toBeVisible()
}

/** Gives a file to whatever takes drops or pastes, as a person's desktop would. */
async function give(page: Page, kind: 'drop' | 'paste', name: string, text: string): Promise<void> {
  await page.evaluate(
    ([event, fileName, content]) => {
      const data = new DataTransfer()
      data.items.add(new File([content], fileName))
      document.body.dispatchEvent(
        event === 'drop'
          ? new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data })
          : new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: data }),
      )
    },
    [kind, name, text] as const,
  )
}

test('a chosen lockfile is read in the browser, and told what is known of it', async ({ page }) => {
  await page.goto('check/?arch=arm64')
  await choose(page, ownLockfile)
  await expect(page.getByRole('heading', { level: 2, name: 'package-lock.json on arm64' })).toBeFocused()
  const esbuild = page.locator('tr[data-project="esbuild"]')
  await expect(esbuild).toHaveAttribute('data-verdict', 'caution')
  await expect(esbuild.getByRole('link', { name: 'available, verified' })).toHaveAttribute(
    'href',
    `${real.base}projects/esbuild/#arm64`,
  )
  await expect(esbuild).toContainText('The file has a build for arm64: @esbuild/linux-arm64.')
  await esbuild.getByText(/^1 package, \d+ builds$/).click()
  await expect(esbuild).toContainText(/esbuild [\d.]+, package-lock\.json:\d+/)
  const figures =
    /^\d+ components on arm64, \d+ once builds and versions of one thing are grouped: \d+ ready, \d+ caution, \d+ blocked, \d+ unknown\.$/
  await expect(status(page)).toHaveText(figures)
  await expect(page.locator('[data-slot="figures"]')).toHaveText(
    /^\d+ components on arm64, \d+ once builds and versions of one thing are grouped\.$/,
  )
  await expect(page.getByRole('alert')).toBeEmpty()
})

test('after a file is chosen nothing is asked for but files of this site, and nothing is sent', async ({ page }) => {
  await page.goto('check/')
  await page.waitForLoadState('networkidle')
  const requests: Request[] = []
  page.on('request', (request) => requests.push(request))
  await choose(
    page,
    ...[
      'npm-3/package-lock.json',
      'dockerfile/Dockerfile',
      'cargo/Cargo.lock',
      'pnpm-9/pnpm-lock.yaml',
      'cyclonedx-xml/bom.xml',
    ].map((path) => join(stacks, path)),
  )
  expect(requests.length).toBeGreaterThan(0)
  for (const request of requests) {
    expect(request.method(), request.url()).toBe('GET')
    expect(request.postData()).toBeNull()
    expect(request.url()).toMatch(
      new RegExp(`^${addressOf(real)}(?:check/index\\.json|favicon\\.svg|_astro/[\\w.-]+\\.js)$`),
    )
  }
  const [worker] = page.workers()
  expect(await worker?.evaluate(() => [typeof fetch, typeof XMLHttpRequest, typeof WebSocket])).toEqual([
    'undefined',
    'undefined',
    'undefined',
  ])
  const policy = await page.locator('meta[http-equiv="content-security-policy" i]').getAttribute('content')
  expect(policy).toContain("worker-src 'self'")
  expect(policy).toContain("connect-src 'self'")
})

test('every real file is read as the command line reads it', async ({ page }) => {
  test.setTimeout(120_000)
  const asOf = parseClock('2026-11-21') ?? ''
  const { catalog } = loadCatalog(join(home, 'content'), join(home, 'content'))
  const index = new StackIndex(viewStackIndex({ catalog, asOf }))
  const paths = readdirSync(stacks, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^(?:README\.md|package\.json)$/.test(entry.name))
    .map(({ parentPath, name }) => ({ path: join(parentPath, name), name }))
  await page.goto('check/?arch=riscv64')
  for (const { path, name } of paths) {
    const stack = emptyStack()
    await addFile(stack, { name, bytes: readFileSync(path) })
    const expected: unknown = JSON.parse(serializeReport(judge(stack, index, 'riscv64'), { asOf, linkTo: () => '' }))
    await choose(page, path)
    await expect(page.locator('[data-slot="files"]')).toContainText(name)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as JSON' }).click(),
    ])
    const saved = withoutLinks(readFileSync(await download.path(), 'utf8'))
    expect(saved, path).toEqual({ ...(expected as object), asOf: (saved as { asOf: string }).asOf })
  }
})

/** Drops files as a desktop does: the browser itself makes the events. */
async function dropFiles(page: Page, at: { x: number; y: number }, ...files: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files, dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, ...at, data })
    if (type === 'dragOver') await expect(page.locator('[data-drop]')).toHaveAttribute('data-over', '')
  }
  await expect(page.locator('[data-drop]')).not.toHaveAttribute('data-over')
}

test('files that are dropped from a desktop are read, beside the form and onto its field alike', async ({ page }) => {
  await page.goto('check/?arch=arm64')
  await dropFiles(page, { x: 20, y: 20 }, join(stacks, 'go/go.sum'), join(stacks, 'uv/uv.lock'))
  await expect(page.getByRole('heading', { name: '2 files on arm64' })).toBeVisible()
  await expect(page.locator('[data-slot="files"] li')).toHaveText([/^go\.sum: /, /^uv\.lock: /])

  await page.evaluate(() => {
    scrollTo(0, 0)
  })
  const field = await page.getByLabel('Choose files').boundingBox()
  await dropFiles(page, { x: (field?.x ?? 0) + 20, y: (field?.y ?? 0) + 10 }, join(stacks, 'cargo/Cargo.lock'))
  await expect(page.getByRole('heading', { name: 'Cargo.lock on arm64' })).toBeVisible()
  await expect(page).toHaveURL(/\/check\/\?arch=arm64$/)

  await dropFiles(page, { x: 20, y: 20 }, stacks)
  await expect(page.getByRole('alert')).toContainText('Not read: stacks. The browser could not read stacks')
})

test('a file can be dropped anywhere, pasted, and typed as text', async ({ page }) => {
  await page.goto('check/?arch=arm64')
  await give(page, 'drop', 'Dockerfile', 'FROM nginx:1.27\n')
  await expect(page.getByRole('heading', { name: 'Dockerfile on arm64' })).toBeVisible()
  await expect(page.locator('tr[data-project="nginx"]')).toBeVisible()

  await give(page, 'paste', 'requirements.txt', 'numpy==2.0.0\n')
  await expect(page.getByRole('heading', { name: 'requirements.txt on arm64' })).toBeVisible()
  await expect(rows(page)).toHaveCount(0)

  await page.getByText('Paste text instead').click()
  await page
    .getByLabel('The text of one file')
    .fill('module example.org/x\n\ngo 1.22\n\nrequire github.com/opencontainers/runc v1.2.0\n')
  await page.getByRole('button', { name: 'Check the text' }).click()
  await expect(page.getByRole('heading', { name: 'pasted text on arm64' })).toBeVisible()
  await expect(page.locator('tr[data-project="runc"]')).toBeVisible()
})

test('the site’s own lockfile is a click away', async ({ page }) => {
  await page.goto('check/?arch=riscv64')
  await page.getByRole('button', { name: /own lockfile/ }).click()
  await expect(page.getByRole('heading', { name: 'package-lock.json on riscv64' })).toBeVisible()
  await expect(page.locator('tr[data-project="lightningcss"]')).toContainText('The file has no build for riscv64')
})

test('the architecture is in the address, is remembered, and judges anew', async ({ page, context }) => {
  await page.goto('check/?arch=arm64')
  await choose(page, join(stacks, 'npm-3/package-lock.json'))
  const lightningcss = page.locator('tr[data-project="lightningcss"]')
  await expect(lightningcss).toContainText('The file has a build for arm64')
  await page.getByLabel('Architecture').selectOption('riscv64')
  await expect(lightningcss).toContainText('The file has no build for riscv64')
  await expect(page).toHaveURL(/\?arch=riscv64$/)
  const other = await context.newPage()
  await other.goto('check/')
  await expect(other.getByLabel('Architecture')).toHaveValue('riscv64')
  await expect(other.getByRole('alert')).toBeEmpty()
  await other.goto('check/?arch=vax')
  await expect(other.getByLabel('Architecture')).toHaveValue('riscv64')
  await expect(other.getByRole('alert')).toHaveText(/“vax”, which is no architecture here/)
  await other.goto('check/?arch=AARCH64')
  await expect(other.getByLabel('Architecture')).toHaveValue('arm64')
  await expect(other.getByRole('alert')).toBeEmpty()
})

test('verdicts filter, and the address keeps which', async ({ page }) => {
  await page.goto('check/?arch=arm64')
  await choose(page, join(stacks, 'npm-3/package-lock.json'), join(stacks, 'cargo/Cargo.lock'))
  const all = await rows(page).count()
  const unknown = page.getByRole('button', { name: /unknown/ })
  await unknown.click()
  await expect(unknown).toHaveAttribute('aria-pressed', 'true')
  const shown = await rows(page).count()
  expect(shown).toBeGreaterThan(0)
  expect(shown).toBeLessThan(all)
  await expect(page.locator('tbody tr:not([data-verdict="unknown"])')).toHaveCount(0)
  await expect(page).toHaveURL(/arch=arm64&verdict=unknown$/)
  await page.getByRole('button', { name: /blocked/ }).click()
  await expect(page.getByText('Nothing is blocked.')).toBeVisible()
  await page.getByRole('button', { name: /blocked/ }).click()
  await expect(rows(page)).toHaveCount(all)
})

test('a link opens the same report elsewhere, and tells no name of a file', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('check/?arch=arm64')
  await choose(page, join(stacks, 'npm-3/package-lock.json'))
  await page.getByRole('button', { name: 'Copy a link' }).click()
  await expect(status(page)).toContainText('Copied.')
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(link).toBe(page.url())
  expect(link).toMatch(/\?arch=arm64#stack=[\w-]+$/)

  const other = await context.newPage()
  await other.goto(link)
  await expect(other.getByRole('heading', { name: 'A shared report, on arm64' })).toBeVisible()
  await expect(other.locator('tbody tr')).toHaveCount(3)
  await expect(other.locator('tr[data-project="sharp"]')).toHaveAttribute('data-verdict', 'caution')
  await expect(other.locator('[data-slot="files"]')).toHaveText(
    'From a shared link: 3 packages that the catalog knew. 88 other components of that stack are not in the link.',
  )
  await expect(other.locator('main')).not.toContainText('package-lock.json:')
  // A new file is not what the link was about.
  await choose(other, join(stacks, 'uv/uv.lock'))
  await expect(other).toHaveURL(/\?arch=arm64$/)
})

test('a link that is broken says so', async ({ page }) => {
  await page.goto('check/?arch=arm64#stack=broken')
  await expect(page.getByRole('alert')).toContainText('no report that can be read')
})

test('a check can be stopped', async ({ page }) => {
  const { promise: held, resolve: release } = Promise.withResolvers<undefined>()
  await page.route('**/check/index.json', async (route) => {
    await held
    await route.continue()
  })
  await page.goto('check/')
  await page.getByLabel('Choose files').setInputFiles(ownLockfile)
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(status(page)).toHaveText('Stopped.')
  release(undefined)
  await page.waitForLoadState('networkidle')
  await expect(page.locator('[data-report]')).toBeHidden()
  expect(page.workers()).toEqual([])
})

test('the page answers while a large SBOM is read', async ({ page }) => {
  test.setTimeout(120_000)
  await page.goto('check/?arch=arm64')
  // As long as it takes, the page draws: each frame is noted, and the longest time between two of them told.
  await page.evaluate(() => {
    const frames: number[] = []
    const note = (time: number) => {
      frames.push(time)
      requestAnimationFrame(note)
    }
    requestAnimationFrame(note)
    Object.assign(window, { frames })
  })
  const components = Array.from({ length: 60_000 }, (_, number) => ({
    'bom-ref': `pkg:npm/package-${number}@1.0.0`,
    type: 'library',
    name: `package-${number}`,
    version: '1.0.0',
    purl: `pkg:npm/package-${number}@1.0.0`,
    licenses: [{ license: { id: 'MIT' } }],
    hashes: [{ alg: 'SHA-512', content: 'ab'.repeat(64) }],
  }))
  const buffer = Buffer.from(JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components }))
  await page.getByLabel('Choose files').setInputFiles({ name: 'sbom.json', mimeType: 'application/json', buffer })
  await expect(page.getByText('60,000 packages not in the catalog')).toBeVisible({ timeout: 100_000 })
  expect(await page.locator('*').count()).toBeLessThan(3000)
  const drawn = await page.evaluate(() => (window as unknown as { frames: number[] }).frames.length)
  expect(drawn).toBeGreaterThan(10)
})

test('names are shown as they are written, and never run', async ({ page }) => {
  await page.goto('check/?arch=arm64')
  const name = '<img src=x onerror="alert(1)"><script>alert(2)</script>'
  const components = [{ name, type: 'container' }, { name: `${name}2` }]
  await give(page, 'drop', `${name}.json`, JSON.stringify({ bomFormat: 'CycloneDX', components }))
  await expect(rows(page).getByRole('rowheader')).toHaveText(name)
  await expect(page.locator('check-stack img, check-stack tbody script')).toHaveCount(0)
})

const textFile = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })

test.describe('a file that cannot be read', () => {
  const alert = (page: Page) => page.getByRole('alert')

  test('is announced as such, where the eye is, and nothing passes for a result', async ({ page }) => {
    await page.goto('check/?arch=arm64')
    for (const [name, text, said] of [
      ['notes.txt', 'just notes\n', 'Unexpected content of notes.txt, expected an SBOM, a lockfile, requirements'],
      ['empty.txt', '', 'empty.txt is empty, expected an SBOM, a lockfile, requirements'],
      ['deep.json', `{"a":${'['.repeat(1_000_000)}`, 'Unexpected nesting in deep.json, expected at most 200 levels'],
      [
        'package-lock.json',
        '{"lockfileVersion":3,"packages":[1,2]}',
        'Unexpected list at packages of package-lock.json',
      ],
      ['Dockerfile', `FROM nginx\n${'# x\n'.repeat(300_000)}`, 'Unexpected size of Dockerfile, 1.2 MiB'],
    ] as const) {
      await page.getByLabel('Choose files').setInputFiles([textFile(name, text)])
      await expect(alert(page)).toContainText(`Not read: ${name}. ${said}`)
      await expect(alert(page)).toContainText('Try this: ')
      await expect(page.locator('[data-failure]')).toBeFocused()
      await expect(alert(page)).toBeInViewport({ ratio: 0.5 })
      await expect(page.locator('[data-report]')).toBeHidden()
      await expect(status(page)).toBeEmpty()
    }
    // Nor does another architecture make it one.
    await page.getByLabel('Architecture').selectOption('riscv64')
    await expect(page.locator('[data-report]')).toBeHidden()
  })

  test('is refused for its size before it is read', async ({ page }) => {
    await page.goto('check/?arch=arm64')
    await page.evaluate(() => {
      const data = new DataTransfer()
      data.items.add(new File([new Uint8Array(51 * 1024 * 1024)], 'bom.json'))
      document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }))
    })
    await expect(alert(page)).toContainText(
      'Not read: bom.json. Unexpected size of bom.json, 51 MiB; expected at most 50 MiB.',
    )
  })

  test('is named beside the report of those that were', async ({ page }) => {
    await page.goto('check/?arch=arm64')
    await page
      .getByLabel('Choose files')
      .setInputFiles([
        textFile('notes.txt', 'just notes\n'),
        textFile('deep.json', `{"a":${'['.repeat(1_000_000)}`),
        { name: 'image.png', mimeType: 'image/png', buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]) },
        textFile('requirements.txt', 'numpy\n<<<<<<< HEAD\n'),
      ])
    await expect(alert(page)).toContainText('Not read: notes.txt, deep.json, image.png.')
    await expect(alert(page).getByRole('listitem')).toHaveCount(3)
    await expect(alert(page).getByRole('listitem').first()).toContainText('Unexpected content of notes.txt')
    await expect(page.locator('[data-failure]')).toBeFocused()
    await expect(status(page)).toHaveText('1 component on arm64: 0 ready, 0 caution, 0 blocked, 1 unknown.')
    await expect(page.getByRole('heading', { name: '4 files on arm64' })).toBeVisible()
    await expect(page.locator('[data-slot="files"] li')).toHaveText([
      'notes.txt was not read',
      'deep.json was not read',
      'image.png was not read',
      'requirements.txt: pip requirements, 1 component',
    ])
    await expect(page.getByRole('heading', { name: 'What was left out' })).toBeVisible()
    await expect(page.locator('[data-slot="problems-list"] li')).toHaveText([
      /^Line 2 of requirements\.txt: Unexpected/,
    ])
  })

  test('is forgotten with the next one', async ({ page }) => {
    await page.goto('check/?arch=arm64')
    await page.getByLabel('Choose files').setInputFiles([textFile('notes.txt', 'just notes\n')])
    await expect(alert(page)).toContainText('Not read')
    await choose(page, join(stacks, 'go/go.sum'))
    await expect(alert(page)).toBeEmpty()
  })

  test('may be a text that is missing', async ({ page }) => {
    await page.goto('check/?arch=arm64')
    await page.getByText('Paste text instead').click()
    await page.getByRole('button', { name: 'Check the text' }).click()
    await expect(alert(page)).toContainText('Not read: pasted text. pasted text is empty')
  })
})

test('a file that names no package is read, and no problem', async ({ page }) => {
  await page.goto('check/?arch=arm64')
  await page.getByLabel('Choose files').setInputFiles([textFile('requirements.txt', '# nothing yet\n')])
  await expect(status(page)).toHaveText('requirements.txt names no packages.')
  await expect(page.getByRole('heading', { name: 'requirements.txt on arm64' })).toBeFocused()
  await expect(page.getByRole('alert')).toBeEmpty()
  await expect(page.locator('[data-slot="counts"]')).toBeHidden()
})

test('the focus goes to a new report, and stays where a reader has taken it', async ({ page }) => {
  await page.goto('check/?arch=arm64')
  await choose(page, join(stacks, 'go/go.sum'))
  await expect(page.getByRole('heading', { name: 'go.sum on arm64' })).toBeFocused()
  await page.getByLabel('Architecture').focus()
  await page.getByLabel('Architecture').selectOption('riscv64')
  await expect(page.getByRole('heading', { name: 'go.sum on riscv64' })).toBeVisible()
  await expect(page.getByLabel('Architecture')).toBeFocused()
})

test('everything is reached and used by keyboard', async ({ page }) => {
  await page.goto('check/?arch=arm64')
  await page.getByLabel('Architecture').focus()
  await page.keyboard.press('Tab')
  await expect(page.getByLabel('Choose files')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: /own lockfile/ })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'package-lock.json on arm64' })).toBeVisible()
  await page.getByRole('button', { name: /blocked/ }).focus()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: /caution/ })).toBeFocused()
  await page.keyboard.press('Space')
  await expect(page.getByRole('button', { name: /caution/ })).toHaveAttribute('aria-pressed', 'true')
  const places = rows(page).first().locator('summary')
  await places.focus()
  await page.keyboard.press('Enter')
  await expect(rows(page).first().locator('details')).toHaveAttribute('open', '')
})

for (const width of [360, 1280]) {
  test.describe(`${width} pixels wide`, () => {
    test.use({ viewport: { width, height: 800 } })

    test('a report fits, and axe finds nothing in it, in the light and in the dark', async ({ page }) => {
      test.setTimeout(120_000)
      await page.goto('check/?arch=riscv64')
      await choose(
        page,
        ...['npm-3/package-lock.json', 'uv/uv.lock', 'compose/compose.yaml', 'dpkg/dpkg.txt'].map((path) =>
          join(stacks, path),
        ),
      )
      await expect(page.getByRole('heading', { level: 2, name: '4 files on riscv64' })).toBeInViewport()
      // Nothing but what belongs to the form stands between it and its report.
      const [form, report] = await Promise.all([
        page.getByRole('form', { name: 'What to check' }).boundingBox(),
        page.locator('[data-report]').boundingBox(),
      ])
      expect((report?.y ?? 0) - (form?.y ?? 0) - (form?.height ?? 0)).toBeLessThan(100)
      await rows(page).first().locator('summary').click()
      await page.getByText(/packages not in the catalog$/).click()
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        const { violations } = await new AxeBuilder({ page })
          .options({ rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] })
          .setLegacyMode(true)
          .analyze()
        expect
          .soft(
            violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' ')}`),
            colorScheme,
          )
          .toEqual([])
      }
    })
  })
}

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })

  test('the page says which command does the same', async ({ page }) => {
    await page.goto('check/')
    await expect(page.locator('noscript p')).toContainText('Reading files in the browser needs JavaScript.')
    await expect(page.locator('noscript code')).toHaveText('npm run cli -- scan package-lock.json --arch arm64')
    await expect(page.locator('noscript code')).toBeVisible()
    await expect(page.getByLabel('Choose files')).toBeHidden()
    await page.getByText('What it reads').click()
    await expect(page.getByText('package-lock.json, npm-shrinkwrap.json')).toBeVisible()
  })
})

test('a site whose content means harm checks all the same', async ({ page }) => {
  await page.goto(`${addressOf(hostile)}check/`)
  await page.getByLabel('Choose files').setInputFiles(join(stacks, 'npm-3/package-lock.json'))
  await expect(page.getByRole('heading', { level: 2, name: /^package-lock\.json on / })).toBeVisible()
})

function withoutLinks(json: string): unknown {
  return JSON.parse(json, (key, value: unknown) => (key === 'link' ? '' : value))
}
