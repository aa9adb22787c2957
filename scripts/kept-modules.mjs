/**
 * Loaded before a program (`node --import ./scripts/kept-modules.mjs`), in each of its threads: keeps what its modules become, so that
 * the next run neither reads their types nor compiles them. Node keeps compiled modules itself, but takes types away anew in every
 * process, and starts what does that: a third of a build that has nothing to do (docs/decisions/0019-what-is-kept.md).
 *
 * Plain JavaScript, and without packages: it runs before anything else can, and `doctor` runs where packages are missing.
 */
import { hash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { threadId } from 'node:worker_threads'
import { isAtLeast, neededVersion } from './node-version.mjs'

const home = new URL('../', import.meta.url)
const packages = fileURLToPath(new URL('node_modules', home))
const cache = join(packages, '.cache', 'works-on-arm')
const folder = join(cache, 'stripped')

refuseOldNode()
// Not imported by their names: an old Node.js would end with a message of its own.
const { enableCompileCache, registerHooks, stripTypeScriptTypes } = nodeModule
if (existsSync(packages)) {
  enableCompileCache(join(cache, 'compiled'))
  registerHooks({
    load(url, context, nextLoad) {
      const isOurs = url.startsWith(home.href) && url.endsWith('.ts') && !url.includes('/node_modules/')
      const source = isOurs ? withoutTypes(url) : undefined
      return source === undefined ? nextLoad(url, context) : { format: 'module', source, shortCircuit: true }
    },
  })
}

/** A machine's Node.js may be older than the one for which the packages were installed, or they are not there yet. */
function refuseOldNode() {
  const needed = neededVersion()
  if (isAtLeast(process.versions.node, needed)) return
  process.stderr.write(
    `This needs Node.js ${needed} or newer, and this is Node.js ${process.versions.node}.\n` +
      `  fix: run \`npm ci\`, which fetches a newer one into node_modules, or install one\n`,
  )
  process.exit(2)
}

/**
 * @param {string} url of a module
 * @returns {string | undefined} undefined where Node says better why it cannot be loaded
 */
function withoutTypes(url) {
  try {
    const text = readFileSync(new URL(url), 'utf8')
    const key = hash('sha256', `${process.version}\n${text}`)
    const file = join(folder, hash('sha256', url).slice(0, 16))
    const kept = readKept(file, key)
    if (kept !== undefined) return kept
    const stripped = stripTypeScriptTypes(text)
    keep(file, key, stripped)
    return stripped
  } catch {
    return undefined
  }
}

/**
 * @param {string} file
 * @param {string} key
 * @returns {string | undefined} undefined where it is not there, not whole, or made of another text
 */
function readKept(file, key) {
  try {
    const [keptKey, digest, ...lines] = readFileSync(file, 'utf8').split('\n')
    const source = lines.join('\n')
    return keptKey === key && digest === hash('sha256', source) ? source : undefined
  } catch {
    return undefined
  }
}

/**
 * In one step: other processes and threads do the same.
 * @param {string} file
 * @param {string} key
 * @param {string} source
 */
function keep(file, key, source) {
  try {
    mkdirSync(folder, { recursive: true })
    const made = `${file}-${process.pid}-${threadId}`
    writeFileSync(made, `${key}\n${hash('sha256', source)}\n${source}`)
    renameSync(made, file)
  } catch {
    // What cannot be kept is made again.
  }
}
