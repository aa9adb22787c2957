/**
 * Writes synthetic content from a seed, for benchmarks and for tests at size:
 * `node scripts/generate-content.ts PROJECTS FOLDER [SEED]`. The same seed gives the same bytes.
 */
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import process from 'node:process'

const architectures = ['amd64', 'arm64', 'armv7', 'armv6', 'i386', 'ppc64le', 's390x', 'riscv64', 'loong64']
const supports = [
  'works',
  'works',
  'works',
  'partial',
  'experimental',
  'available',
  'in-progress',
  'broken',
  'unsupported',
]
const categories = [
  'databases',
  'containers',
  'storage',
  'security',
  'libraries',
  'web-servers',
  'monitoring',
  'build-tools',
]
const syllables = 'ka ro mi ten lu sa vor del qui zan pex tor bri nal em os fy gra lex mon pra sil tur ule wyn'.split(
  ' ',
)
const words =
  'the build kernel port vector support register cache memory compile toolchain binary package release patch upstream test runner native container image page size atomic ordering alignment float intrinsic fallback assembly target cross linker symbol version report benchmark speed regression works with distribution runtime library'.split(
    ' ',
  )

/** Numbers from 0 to 1, the same for the same seed. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

export function generateContent(projects: number, folder: string, seed = 42): void {
  const random = randomNumbers(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const sentence = (length: number) => {
    const text = Array.from({ length }, () => pick(words)).join(' ')
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
  }
  const day = () =>
    `20${18 + Math.floor(random() * 8)}-${String(1 + Math.floor(random() * 12)).padStart(2, '0')}-${String(1 + Math.floor(random() * 28)).padStart(2, '0')}`

  const standard = resolve(import.meta.dirname, '..', 'content')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'projects'), { recursive: true })
  for (const name of ['site.yml', 'architectures.yml', 'categories.yml']) {
    cpSync(join(standard, name), join(folder, name))
  }
  for (let index = 0; index < projects; index += 1) {
    const name = `${pick(syllables)}${pick(syllables)}${pick(syllables)}-${index.toString(36)}`
    const claims = architectures
      .filter(() => random() < 0.7)
      .map(
        (architecture) =>
          `  - architectures: [${architecture}]\n    support: ${pick(supports)}\n    date: ${day()}\n    link: https://ci.example.org/${name}/${architecture}/\n    note: ${JSON.stringify(sentence(9))}\n`,
      )
    const frontMatter = `---\nname: ${name}\nsummary: ${JSON.stringify(sentence(8).slice(0, -1))}\nhomepage: https://${name}.example.org/\nrepository: https://git.example.org/${name}\ncategories: [${pick(categories)}]\nlanguages: [${pick(['c', 'go', 'rust'])}]\n${claims.length > 0 ? `claims:\n${claims.join('')}` : ''}---\n`
    const body = `${sentence(30)} ${sentence(30)}\n\n- **${pick(words)}**: ${sentence(10)}\n- See [the ticket](https://git.example.org/${name}/${Math.floor(random() * 9999)}): ${sentence(8)}\n\n${random() < 0.3 ? `\`\`\`sh\n./configure --host=aarch64-linux-gnu --with-${pick(words)}\n\`\`\`\n\n` : ''}${sentence(40)}\n`
    writeFileSync(join(folder, 'projects', `${name}.md`), frontMatter + body)
  }
}

if (import.meta.main) {
  const [projects, folder, seed] = process.argv.slice(2)
  if (!/^\d+$/.test(projects ?? '') || folder === undefined) {
    process.stderr.write('Usage: node scripts/generate-content.ts PROJECTS FOLDER [SEED]\n')
    process.exit(2)
  }
  generateContent(Number(projects), resolve(folder), Number(seed ?? 42))
}
