/** A writer to be killed: appends the records of a file in batches, and tells on standard output what is kept. */
import { readFileSync } from 'node:fs'
import { parseRecord } from '#domain/evidence-text.ts'
import { JsonLinesStore } from '#store/jsonl-store.ts'

const [folder = '', file = '', size = '1'] = process.argv.slice(2)
const records = readFileSync(file, 'utf8')
  .split('\n')
  .flatMap((line) => parseRecord(line).record ?? [])
const store = new JsonLinesStore(folder)
process.stdout.write('ready\n')
for (let from = 0; from < records.length; from += Number(size)) {
  const batch = records.slice(from, from + Number(size))
  store.append(batch)
  process.stdout.write(`${batch.map(({ id }) => id).join(' ')}\n`)
}
