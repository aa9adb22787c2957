/**
 * A writer to be killed: appends the records of a file in batches, and tells on standard output what is kept. A batch
 * that a database did not take is sent again until it does.
 */
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { parseRecord } from '#domain/evidence-text.ts'
import type { StoredRecord } from '#domain/evidence.ts'
import { NoStore } from '#store/no-store.ts'
import { openStore } from '#store/open-store.ts'

const [where = '', file = '', size = '1'] = process.argv.slice(2)
const records = readFileSync(file, 'utf8')
  .split('\n')
  .flatMap((line) => parseRecord(line).record ?? [])
const store = await openStore(where.startsWith('postgresql:') ? where : undefined, where)
process.stdout.write('ready\n')
for (let from = 0; from < records.length; from += Number(size)) {
  const batch = records.slice(from, from + Number(size))
  await appendUntilKept(batch)
  process.stdout.write(`${batch.map(({ id }) => id).join(' ')}\n`)
}
await store.close()

async function appendUntilKept(batch: readonly StoredRecord[]): Promise<void> {
  for (;;) {
    try {
      await store.append(batch)
      return
    } catch (error) {
      if (!(error instanceof NoStore)) throw error
      await pause(20)
    }
  }
}
