/** Modules without their types, kept from one process to the next: what runs is what the files say. */
import { spawnSync } from 'node:child_process'
import { hash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const home = resolve(import.meta.dirname, '../..')
let copy: string
let stripped: string

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'kept-modules-'))
  stripped = join(copy, 'node_modules/.cache/works-on-arm/stripped')
  mkdirSync(join(copy, 'scripts'))
  mkdirSync(join(copy, 'node_modules'))
  for (const name of ['kept-modules.mjs', 'node-version.mjs'])
    cpSync(join(home, 'scripts', name), join(copy, 'scripts', name))
  writeFileSync(join(copy, 'package.json'), '{"type": "module", "engines": {"node": ">=22.18"}}')
  write('word.ts', "export const word: string = 'one'")
  write('main.ts', "import { word } from './word.ts'\nconst said: string = word\nprocess.stdout.write(said)")
})
afterEach(() => {
  rmSync(copy, { recursive: true, force: true })
})

test('a module is kept, and taken while its text is the same', () => {
  expect(run()).toBe('one')
  expect(readdirSync(stripped)).toHaveLength(2)
  // Nobody but this test writes there: it shows that nothing else is read.
  replaceKept("'one'", "'kept'")
  expect(run()).toBe('kept')
  write('word.ts', "export const word: string = 'two'")
  expect(run()).toBe('two')
  expect(readdirSync(stripped)).toHaveLength(2)
})

test('what is damaged is not read', () => {
  run()
  for (const name of readdirSync(stripped)) {
    const file = join(stripped, name)
    writeFileSync(file, readFileSync(file, 'utf8').replace("'one'", "'bad'"))
  }
  expect(run()).toBe('one')
  for (const name of readdirSync(stripped)) writeFileSync(join(stripped, name), '')
  expect(run()).toBe('one')
})

test('threads do the same', () => {
  write(
    'main.ts',
    "import { Worker } from 'node:worker_threads'\nconst thread: Worker = new Worker(new URL('./thread.ts', import.meta.url))",
  )
  write('thread.ts', "import { word } from './word.ts'\nconst said: string = word\nprocess.stdout.write(said)")
  expect(run()).toBe('one')
  expect(readdirSync(stripped)).toHaveLength(3)
  replaceKept("'one'", "'kept'")
  expect(run()).toBe('kept')
})

test('a fault is told as Node tells it, at its place', () => {
  write('word.ts', 'export const word: string = \n')
  expect(fault()).toContain('word.ts')
  write('word.ts', "export const word: string = 'one'\nenum Word { One }")
  expect(fault()).toContain('TypeScript enum is not supported in strip-only mode')
  write('word.ts', "export const word: string = 'one'\nconst none: unknown = null; (none as { one: string }).one.at(0)")
  const [made, kept] = [fault(), fault()]
  expect(made).toMatch(/word\.ts:2:\d+\n/)
  expect(kept).toBe(made)
})

test('where nothing can be kept, everything runs', () => {
  rmSync(join(copy, 'node_modules'), { recursive: true })
  expect(run()).toBe('one')
  expect(existsSync(join(copy, 'node_modules'))).toBe(false)
  // In the place of the folder.
  mkdirSync(join(copy, 'node_modules/.cache/works-on-arm'), { recursive: true })
  writeFileSync(stripped, '')
  expect(run()).toBe('one')
})

test('modules of packages are left to Node', () => {
  mkdirSync(join(copy, 'node_modules/theirs'))
  writeFileSync(join(copy, 'node_modules/theirs/package.json'), '{"type": "module", "exports": "./index.ts"}')
  writeFileSync(join(copy, 'node_modules/theirs/index.ts'), 'export const word: string = 1')
  write('word.ts', "export { word } from 'theirs'")
  expect(fault()).toContain('ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING')
})

test('an older Node.js than the project needs is told so, with what to do', () => {
  writeFileSync(join(copy, 'package.json'), '{"type": "module", "engines": {"node": ">=99.1"}}')
  const { status, stderr } = start()
  expect(status).toBe(2)
  expect(stderr).toBe(
    `This needs Node.js 99.1 or newer, and this is Node.js ${process.versions.node}.\n` +
      '  fix: run `npm ci`, which fetches a newer one into node_modules, or install one\n',
  )
})

function write(name: string, text: string): void {
  writeFileSync(join(copy, name), text)
}

function start(): { status: number | null; stdout: string; stderr: string } {
  const args = ['--disable-warning=ExperimentalWarning', '--import', './scripts/kept-modules.mjs', 'main.ts']
  return spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' })
}

function run(): string {
  const { status, stdout, stderr } = start()
  expect([status, stderr]).toEqual([0, ''])
  return stdout
}

function fault(): string {
  const { status, stderr } = start()
  expect(status).toBe(1)
  return stderr
}

/** In every kept module, with the digest that goes with it. */
function replaceKept(text: string, by: string): void {
  for (const name of readdirSync(stripped)) {
    const file = join(stripped, name)
    const [key = '', , ...lines] = readFileSync(file, 'utf8').split('\n')
    const source = lines.join('\n').replace(text, by)
    writeFileSync(file, `${key}\n${hash('sha256', source)}\n${source}`)
  }
}
