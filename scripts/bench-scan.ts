/**
 * How long a large SBOM takes: `node scripts/bench-scan.ts [megabytes]`, default 30. What is measured is what the
 * worker of `/check/` does: reading, looking up, and the part of the report that a page shows.
 */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { loadCatalog } from '../src/catalog/catalog.ts'
import { toInstant } from '../src/domain/clock.ts'
import { judge } from '../src/scan/judge.ts'
import { addFile, emptyStack } from '../src/scan/read-stack.ts'
import { StackIndex } from '../src/scan/stack-index.ts'
import { viewStackIndex } from '../src/views/stack-index.ts'

const megabytes = Number(process.argv[2] ?? 30)
const home = resolve(import.meta.dirname, '..')
const { catalog } = loadCatalog(resolve(home, 'content'), resolve(home, 'content'))
const index = new StackIndex(viewStackIndex({ catalog, asOf: toInstant(Date.now()) }))

console.log('file                      MB  components    read  look up processor')
for (const [name, bytes] of [
  ['package-lock.json', readFileSync(resolve(home, 'package-lock.json'))],
  ['sbom.json (made)', sbomOf(megabytes)],
] as const) {
  const stack = emptyStack()
  const before = process.cpuUsage()
  const begun = performance.now()
  await addFile(stack, { name, bytes })
  const read = performance.now()
  judge(stack, index, 'arm64')
  const done = performance.now()
  // On a busy machine this says more than the clock.
  const { user, system } = process.cpuUsage(before)
  const size = (bytes.length / 1024 / 1024).toFixed(1)
  const columns = [
    name.padEnd(20),
    size.padStart(7),
    String(stack.components.length).padStart(11),
    time(read - begun),
    time(done - read),
    time((user + system) / 1000).padStart(9),
  ]
  console.log(columns.join(' '))
}

/** An SBOM as tools write them: most of it is licences, hashes and references. */
function sbomOf(size: number): Uint8Array {
  const component = (number: number) => ({
    'bom-ref': `pkg:npm/package-${number}@1.${number % 50}.0`,
    type: 'library',
    name: `package-${number}`,
    version: `1.${number % 50}.0`,
    purl: `pkg:npm/${number % 3 === 0 ? '%40scope/' : ''}package-${number}@1.${number % 50}.0`,
    licenses: [{ license: { id: 'MIT' } }],
    hashes: [{ alg: 'SHA-512', content: 'ab'.repeat(64) }],
    externalReferences: [{ type: 'vcs', url: `https://example.org/package-${number}` }],
  })
  const each = JSON.stringify(component(10_000), null, 2).length
  const components = Array.from({ length: Math.floor((size * 1024 * 1024) / each) }, (_, number) => component(number))
  return new TextEncoder().encode(JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components }, null, 2))
}

function time(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`.padStart(8)
}
