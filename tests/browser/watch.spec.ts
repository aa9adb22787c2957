/** What the other tests rely on without a word: that each of these faults would fail them. */
import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { watch } from './watch.ts'

const faults: { name: string; plant: (page: Page, context: BrowserContext) => Promise<unknown>; seen: RegExp }[] = [
  {
    name: 'an error in the console',
    plant: (page) => page.evaluate('console.error("planted")'),
    seen: /^error on .*planted/,
  },
  {
    name: 'a warning in the console',
    plant: (page) => page.evaluate('console.warn("planted")'),
    seen: /^warning on .*planted/,
  },
  {
    name: 'an exception that nobody catches',
    plant: (page) => page.evaluate('void setTimeout(() => { throw new Error("planted") })'),
    seen: /^error on .*: planted/,
  },
  {
    name: 'a promise that nobody catches',
    plant: (page) => page.evaluate('void Promise.reject(new Error("planted"))'),
    seen: /^error on .*: planted/,
  },
  {
    name: 'a script that the policy refuses',
    plant: (page) =>
      page.evaluate('document.head.append(Object.assign(document.createElement("script"), { text: "1" }))'),
    seen: /^policy on .*: script-src-elem refused inline/,
  },
  {
    name: 'a style that the policy refuses',
    plant: (page) => page.evaluate('document.body.setAttribute("style", "color: red")'),
    seen: /^policy on .*: style-src-attr refused inline/,
  },
  {
    name: 'a picture of another host',
    plant: (page) =>
      page.evaluate('document.body.append(Object.assign(new Image(), { src: "https://elsewhere.example/a.png" }))'),
    seen: /^policy on .*: img-src refused https:\/\/elsewhere\.example/,
  },
  {
    name: 'a request to another host',
    plant: async (page, context) => {
      await context.route('https://elsewhere.example/', (route) => route.fulfill({ body: 'elsewhere' }))
      await page.goto('https://elsewhere.example/')
    },
    seen: /^asks another host: https:\/\/elsewhere\.example\//,
  },
  {
    name: 'a file that is missing',
    plant: (page) => page.evaluate('fetch("/no-such-file.json").then(() => undefined)'),
    seen: /^404 for /,
  },
  {
    name: 'a dialog of the browser',
    plant: (page) => page.evaluate('alert("planted")'),
    seen: /^dialog on .*: planted/,
  },
]

for (const { name, plant, seen } of faults) {
  test(`${name} is noticed`, async ({ page, context }) => {
    const noticed = await watch(context)
    await page.goto('')
    expect(noticed).toEqual([])
    await plant(page, context)
    await expect.poll(() => noticed.filter((fault) => seen.test(fault))).not.toEqual([])
  })
}
