/**
 * How long an edit takes to be on the screen of somebody who has the development server open: from the write of a file, over the word to
 * browsers that they are to load their page again, to the end of the page that has the edit in it. The content folder is edited; make a copy.
 *
 *   node scripts/bench-edits.ts CONTENT [--edits N] [--file FILE --page PATH]
 *
 * Without a word to browsers it asks for the page until the edit is in it, ten seconds at most.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { serveContent } from './bench/development-server.ts'

const home = resolve(import.meta.dirname, '..')
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    edits: { type: 'string', default: '9' },
    file: { type: 'string' },
    page: { type: 'string' },
  },
})
const content = resolve(positionals[0] ?? join(home, 'content'))
const name =
  readdirSync(join(content, 'projects'))
    .filter((name) => name.endsWith('.md'))
    .sort()[7] ?? ''
const file = join(content, values.file ?? `projects/${name}`)
const path = values.page ?? `/projects/${name.replace(/\.md$/, '')}/`
const original = readFileSync(file, 'utf8')
const started = performance.now()
const { origin, message, stop } = await serveContent(content)
try {
  await textOfPage()
  console.log(`first page ${seconds(performance.now() - started)} s after the start`)
  const times: number[] = []
  for (let edit = 1; edit <= Number(values.edits); edit += 1) {
    const mark = `edit${edit}of${process.pid}`
    const edited = original.replace(/^(?:summary|title): "?/m, (start) => `${start}${mark} `)
    if (edited === original) throw new Error('The file has no line to edit.')
    await sleep(500)
    const told = message('full-reload')
    const before = performance.now()
    writeFileSync(file, edited)
    await Promise.race([told, sleep(300)])
    const toldAfter = performance.now() - before
    while (!(await textOfPage()).includes(mark)) {
      if (performance.now() - before > 10_000) throw new Error('The edit is not on the page after ten seconds.')
      await sleep(20)
    }
    const time = performance.now() - before
    times.push(time)
    console.log(`told after ${seconds(toldAfter)} s, shown after ${seconds(time)} s`)
  }
  times.sort((a, b) => a - b)
  const [least = 0, most = 0, median = 0] = [times[0], times.at(-1), times[Math.floor(times.length / 2)]]
  console.log(
    `median ${seconds(median)} s of ${times.length} (${seconds(least)} to ${seconds(most)}), load ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')}`,
  )
} finally {
  writeFileSync(file, original)
  await stop()
}

async function textOfPage(): Promise<string> {
  return (await fetch(`${origin}${path}`)).text()
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2)
}
