/** The search page, and when the index is fetched. */
import type { Page } from '@playwright/test'
import { field, results, status } from './search.ts'
import { addressOf, real } from './sites.ts'
import { expect, test } from './test.ts'

test.describe('the search page', () => {
  test('shows results while a reader types, and says how many', async ({ page }) => {
    await page.goto('search/')
    await expect(field(page)).toBeFocused()
    await page.keyboard.type('cockroach')
    await expect(results(page).first()).toHaveText('CockroachDB')
    const count = await results(page).count()
    await expect(status(page)).toHaveText(`${count} results for “cockroach”.`)
    await expect(page).toHaveURL(/search\/[?]q=cockroach$/)
  })

  test('says of a project what it is and what works where', async ({ page }) => {
    await page.goto('search/?q=cockroachdb')
    const first = page.locator('search-box li').first()
    await expect(first.locator('p').first()).toHaveText('Distributed SQL database that tolerates disasters')
    await expect(first.locator('.statuses')).toHaveText(/^in progress \(stale\) on arm64/)
  })

  test('finds what a mistyped word means', async ({ page }) => {
    await expectFound(page, {
      cockroch: 'CockroachDB',
      kuberntes: 'Kubernetes',
      dokcer: 'Docker',
      'kuberntes aarch64': 'Kubernetes',
    })
  })

  test('finds other names, other spellings, and names without their accents', async ({ page }) => {
    await expectFound(page, {
      Käldström: 'kubeadm',
      kaldstrom: 'kubeadm',
      aarch64: 'arm64',
      'x86-64': 'amd64',
      X86_64: 'amd64',
      ppc64el: 'ppc64le',
      'node.js': 'Node.js',
      'docker.io': 'Docker',
      'pkg:golang/github.com/cockroachdb/cockroach': 'CockroachDB',
    })
  })

  test('says that it looked for the nearest name where the typed one is not known', async ({ page }) => {
    await page.goto('search/?q=kuberntes')
    await expect(status(page)).toHaveText(/^Nothing for “kuberntes”. \d+ results for “Kubernetes”.$/)
  })

  test('shows prose of the page, and nothing of its frame', async ({ page }) => {
    await page.goto('search/')
    for (const query of ['arm64', 'CockroachDB', 'Docker', 'Concourse', 'dup2', 'Go', 'page size']) {
      await field(page).fill(query)
      await expect(status(page)).toContainText(`“${query}”`)
      const excerpts = await page.locator('search-box li > p:first-of-type').allInnerTexts()
      expect(excerpts.length).toBeGreaterThan(0)
      for (const excerpt of excerpts) {
        expect
          .soft(excerpt)
          .not.toMatch(
            /Home page|Package URLs|Also called|Nothing is recorded|Stale since|Claimed as|On this page|In this issue|This page is made from|minutes to read|Copy the|#$/,
          )
      }
    }
  })

  test('shows one kind, and offers the others where that finds nothing', async ({ page }) => {
    await page.goto('search/?q=cockroach')
    await expect(results(page).first()).toHaveText('CockroachDB')
    await page.getByLabel('Kind').selectOption('Portability note')
    await expect(results(page).filter({ hasText: 'dup2' })).toBeVisible()
    await expect(results(page).filter({ hasText: /^CockroachDB$/ })).toHaveCount(0)
    await expect(page).toHaveURL(/[?]q=cockroach&kind=Portability\+note$/)

    await page.getByLabel('Kind').selectOption('Architecture')
    await expect(status(page)).toContainText('Nothing for “cockroach”')
    await page.getByRole('button', { name: 'search every kind' }).click()
    await expect(results(page).first()).toHaveText('CockroachDB')
    await expect(field(page)).toBeFocused()
  })

  test('shows more where there is more, and the focus goes on there', async ({ page }) => {
    await page.goto('search/?q=Docker')
    await expect(status(page)).toHaveText(/^The first 12 of \d+ results/)
    await expect(results(page)).toHaveCount(12)
    await page.getByRole('button', { name: 'Show more' }).click()
    await expect(results(page)).toHaveCount(24)
    await expect(results(page).nth(12)).toBeFocused()
  })

  test('keeps its words in the address, also when a reader comes back', async ({ page }) => {
    await page.goto('search/?q=dup2&kind=Project')
    await expect(field(page)).toHaveValue('dup2')
    await expect(page.getByLabel('Kind')).toHaveValue('Project')
    const first = await results(page).first().innerText()
    await results(page).first().click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(first)
    await page.goBack()
    await expect(field(page)).toHaveValue('dup2')
    await expect(results(page).first()).toHaveText(first)
  })

  test('says what to do before the first letter, and where nothing is found', async ({ page }) => {
    await page.goto('search/')
    await expect(page.getByText('Type the name of a project')).toBeVisible()
    await field(page).fill('zzzzqqqq')
    await expect(status(page)).toHaveText('Nothing for “zzzzqqqq”.')
    await expect(page.getByText('Type the name of a project')).toBeHidden()
    await expect(page.getByRole('link', { name: 'add what is missing' })).toBeVisible()
    await page.locator('search-box').getByRole('link', { name: 'matrix' }).click()
    await expect(page).toHaveURL(/matrix\/[?]q=zzzzqqqq$/)
  })

  test('names a long question by its beginning, and one from right to left apart from the sentence', async ({
    page,
  }) => {
    await page.goto(`search/?q=${'ab'.repeat(50)}\u{1F4E6}`)
    await expect(status(page)).toHaveText(`Nothing for “${'ab'.repeat(40)}…”.`)
    await field(page).fill('שלום')
    await expect(status(page)).toHaveText('Nothing for “\u2068שלום\u2069”.')
  })

  test('takes markup for text', async ({ page }) => {
    const attack = '<img src=x onerror=alert(1)>"&'
    await page.goto(`search/?q=${encodeURIComponent(attack)}&kind=${encodeURIComponent(attack)}`)
    await expect(field(page)).toHaveValue(attack)
    await expect(status(page)).toContainText(attack)
    await expect(page.locator('img[src=x]')).toHaveCount(0)
  })

  test('finds the note for a whole message, of which it has only a part', async ({ page }) => {
    await page.goto('search/')
    await field(page).fill('cannot link: undefined reference to dup2 in package linux')
    await expect(status(page)).toHaveText(/^No page has every word of “.+”\. \d+ pages have some of them\.$/)
    await expect(results(page).first()).toHaveText('No dup2 system call on 64-bit ARM')
  })

  test('finds a project by the address of its repository, and by its id', async ({ page }) => {
    await expectFound(page, { 'https://github.com/nodejs/node': 'Node.js', 'docker-compose': 'Docker Compose' })
  })

  test('says that it is searching where that takes a while', async ({ page }) => {
    const index = Promise.withResolvers<undefined>()
    await page.route('**/pagefind/pagefind.js', async (route) => {
      await index.promise
      await route.continue()
    })
    await page.goto('search/?q=cockroach')
    await expect(status(page)).toHaveText('Searching…')
    await expect(page.getByText('Type the name of a project')).toBeHidden()
    index.resolve(undefined)
    await expect(status(page)).toHaveText(/^\d+ results for “cockroach”\.$/)
  })

  test('says so where its index cannot be had', async ({ page }) => {
    await page.route('**/pagefind/pagefind.js', (route) =>
      route.fulfill({ contentType: 'text/javascript', body: 'throw new Error("broken")' }),
    )
    await page.goto('search/?q=cockroach')
    await expect(status(page)).toContainText('could not be loaded')
  })

  test('goes to its field with /', async ({ page }) => {
    await page.goto('search/?q=cockroach')
    await results(page).first().focus()
    await page.keyboard.press('/')
    await expect(field(page)).toBeFocused()
    await expect(field(page)).toHaveValue('cockroach')
  })
})

test.describe('the index', () => {
  test('is not fetched before the first use', async ({ page }) => {
    const asked: string[] = []
    page.on('request', (request) => {
      if (/\/pagefind\/|words\.json/.test(request.url())) asked.push(request.url())
    })
    for (const path of ['', 'matrix/', 'projects/cockroachdb/', 'search/']) {
      await page.goto(path, { waitUntil: 'networkidle' })
    }
    expect(asked).toEqual([])
    await field(page).fill('dup2')
    await expect(results(page).first()).toBeVisible()
    expect(asked.length).toBeGreaterThan(0)
    expect(asked.filter((address) => !address.startsWith(`${addressOf(real)}pagefind/`))).toEqual([])
  })
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('the page says how to find things by hand', async ({ page }) => {
    await page.goto('search/')
    await expect(page.locator('noscript p')).toContainText('The search needs JavaScript')
    await expect(page.locator('search-box')).toBeHidden()
    await page.locator('noscript a').filter({ hasText: 'every project' }).click()
    await expect(page).toHaveURL(/\/matrix\/$/)
  })
})

/** What is typed → the title of a page that has to be among the first results. */
async function expectFound(page: Page, titles: Record<string, string>): Promise<void> {
  await page.goto('search/')
  for (const [typed, title] of Object.entries(titles)) {
    await field(page).fill(typed)
    await expect(status(page), typed).toContainText(`“${typed}”`)
    expect.soft((await results(page).allInnerTexts()).slice(0, 3), typed).toContain(title)
  }
}

test.describe('a question about a project on an architecture', () => {
  for (const question of ['sqlite riscv64', 'riscv64 sqlite', 'Does SQLite work on RISCV64?']) {
    test(`such as “${question}” is answered with the status first`, async ({ page }) => {
      await page.goto('search/')
      await field(page).fill(question)
      await expect(results(page).first()).toHaveText('SQLite on riscv64: emulated, verified')
      await expect(results(page).nth(1)).toHaveText('SQLite')
      await expect(status(page)).toHaveText(`${await results(page).count()} results for “${question}”.`)
      await results(page).first().click()
      await expect(page).toHaveURL(/projects\/sqlite\/#riscv64$/)
    })
  }

  test('takes other words for the architecture, and says where nothing is recorded', async ({ page }) => {
    await page.goto('search/')
    await field(page).fill('cockroach ppc64el')
    await expect(results(page).first()).toHaveText('CockroachDB on ppc64le: nothing recorded')
  })

  test('may name several architectures, say more than it has to, and be mistyped', async ({ page }) => {
    await page.goto('search/')
    await field(page).fill('is sqlite 3 stable on riscv64 or amd64?')
    await expect(results(page).nth(0)).toHaveText('SQLite on riscv64: emulated, verified')
    await expect(results(page).nth(1)).toHaveText('SQLite on amd64: works, verified')
    await field(page).fill('can I run kuberntes on aarch64')
    await expect(results(page).first()).toHaveText(/^Kubernetes on arm64: /)
  })

  test('may name several projects', async ({ page }) => {
    await page.goto('search/')
    await field(page).fill('docker, podman or containerd on ppc64le')
    await expect(results(page).nth(0)).toHaveText(/^Docker on ppc64le: /)
    await expect(results(page).nth(1)).toHaveText(/^containerd on ppc64le: /)
    await expect(results(page).nth(2)).toHaveText('“podman” is not in the matrix')
    await field(page).fill('jq xz zlib arm64')
    await expect(results(page).nth(2)).toHaveText(/^zlib on arm64: /)
  })

  test('with one wrong letter in the name of a project is answered, and says so', async ({ page }) => {
    await page.goto('search/?q=kubernets arm64')
    await expect(results(page).first()).toHaveText(/^Kubernetes on arm64: /)
    await expect(page.getByText('Nothing is called “kubernets” here.')).toBeVisible()
  })

  test('that is about more than a project says which part was answered', async ({ page }) => {
    await page.goto('search/')
    await field(page).fill('does ruby on rails work on ARM 64-bit?')
    await expect(results(page).first()).toHaveText(/^Ruby on arm64: /)
    await expect(page.locator('search-box li').first()).toContainText(
      'Only “ruby” of “ruby on rails” is a project of the matrix.',
    )
  })

  test('of a project that is not there is not answered with one that is called almost so', async ({ page }) => {
    await page.goto('search/')
    await field(page).fill('helm arm64')
    await expect(results(page).first()).toHaveText('“helm” is not in the matrix')
    await field(page).fill('sqlite on amr64')
    await expect(results(page).first()).toHaveText(/^SQLite on arm64: /)
  })

  test('is answered for each architecture that a word may mean', async ({ page }) => {
    await page.goto('search/')
    await field(page).fill('nginx armhf')
    await expect(results(page).nth(0)).toHaveText(/^nginx on armv7: /)
    await expect(results(page).nth(1)).toHaveText(/^nginx on armv6: /)
    await expect(page.locator('search-box li').first()).toContainText('“armhf” means armv7 in Debian and Ubuntu.')
  })

  test('about all projects leads to the matrix', async ({ page }) => {
    await page.goto('search/')
    await field(page).fill('What works on riscv64?')
    await expect(results(page).first()).toHaveText('What works on riscv64')
    await results(page).first().click()
    await expect(page).toHaveURL(/matrix\/\?arch=riscv64&support=works$/)
    await expect(page.getByLabel('Support', { exact: true })).toHaveValue('works')
  })

  test('says what a word may mean that is no question about a project', async ({ page }) => {
    await page.goto('search/')
    await field(page).fill('what is armel?')
    await expect(results(page).first()).toHaveText('“armel” may mean armv6')
    await results(page).first().click()
    await expect(page).toHaveURL(/architectures\/armv6\/$/)
  })

  test('says that a project is not in the matrix, and where it can be added', async ({ page }) => {
    await page.goto('search/')
    await field(page).fill('Does Foobarium work on arm64?')
    await expect(results(page).first()).toHaveText('“Foobarium” is not in the matrix')
    await results(page).first().click()
    await expect(page).toHaveURL(/contribute\/$/)
  })

  test('that names no project of ours is a search like any other', async ({ page }) => {
    await page.goto('search/')
    await field(page).fill('page size arm64')
    await expect(results(page).first()).toBeVisible()
    await expect(page.locator('search-box li .kind', { hasText: 'Status' })).toHaveCount(0)
  })
})
