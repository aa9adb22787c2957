/**
 * One process of the measurements of stores, so that writers are as independent as receivers are.
 * `write STORE FILE BATCH` says `ready`, waits for a line, and appends the records of a file in batches;
 * `read STORE` reads everything and prints what that took. A store is a folder or the address of a database.
 */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { parseRecord } from '#domain/evidence-text.ts'
import { openStore } from '#store/open-store.ts'

const [mode = '', where = '', file = '', batch = '1'] = process.argv.slice(2)
const store = await openStore(where.startsWith('postgresql:') ? where : undefined, where)

if (mode === 'read') {
  // Connections are made when they are first needed.
  await store.read('no-such-project')
  const start = process.hrtime.bigint()
  const records = (await store.read()).length
  const seconds = Number(process.hrtime.bigint() - start) / 1e9
  const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1024)
  process.stdout.write(`${JSON.stringify({ records, seconds, peakMegabytes })}\n`)
} else {
  const records = readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => parseRecord(line).record ?? [])
  await store.read('no-such-project')
  process.stdout.write('ready\n')
  await once(process.stdin, 'data')
  const size = Number(batch)
  for (let from = 0; from < records.length; from += size) await store.append(records.slice(from, from + size))
  process.stdin.destroy()
}
await store.close()
