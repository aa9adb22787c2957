/** How many tests passed, failed and did not run, as the caller says or as files of test tools show. */
import { globSync, readFileSync, statSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { junitCounts } from './junit-counts.mjs'
import { Mistake, shown } from './mistake.mjs'

/** @typedef {import('./world.d.ts').Counts} Counts */

const limits = { bytes: 16 * 2 ** 20, files: 1_000, tests: 100_000_000 }

/**
 * @param {string} text
 * @returns {Counts}
 */
export function parseCounts(text) {
  const value = parseJson(text)
  const isCount = (/** @type {unknown} */ count) =>
    typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= limits.tests
  if (typeof value === 'object' && value !== null) {
    const { passed, failed, skipped, ...rest } = /** @type {Record<string, unknown>} */ (value)
    if (isCount(passed) && isCount(failed) && isCount(skipped) && Object.keys(rest).length === 0) {
      return /** @type {Counts} */ ({ passed, failed, skipped })
    }
  }
  throw new Mistake(
    `Unexpected counts \`${shown(text)}\`, expected JSON such as \`{"passed":412,"failed":0,"skipped":3}\`.`,
  )
}

/**
 * Counts the tests of files.
 * @param {string} patterns one pattern a line
 * @param {string} directory
 * @param {boolean} mustBeThere whether a pattern without a file is a mistake
 * @returns {Counts | undefined}
 */
export function countTests(patterns, directory, mustBeThere) {
  /** @type {Set<string>} */
  const paths = new Set()
  for (const pattern of patterns.split('\n').map((line) => line.trim())) {
    const files = pattern === '' ? [] : filesOf(pattern, directory)
    if (pattern !== '' && files.length === 0 && mustBeThere) {
      throw new Mistake(`There is no test report at \`${shown(pattern)}\`: the tests may not have run.`)
    }
    for (const file of files) paths.add(file)
  }
  if (paths.size === 0) return undefined
  if (paths.size > limits.files)
    throw new Mistake(`Unexpected ${paths.size} test reports, expected at most ${limits.files}.`)
  const sum = { passed: 0, failed: 0, skipped: 0 }
  for (const path of [...paths].sort()) {
    const counts = countsOf(path, relative(directory, path))
    sum.passed += counts.passed
    sum.failed += counts.failed
    sum.skipped += counts.skipped
  }
  return sum
}

/**
 * @param {string} pattern
 * @param {string} directory
 */
function filesOf(pattern, directory) {
  return globSync(pattern, { cwd: directory })
    .map((path) => resolve(directory, path))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
}

/**
 * @param {string} path
 * @param {string} name for messages
 * @returns {Counts}
 */
function countsOf(path, name) {
  if (statSync(path).size > limits.bytes) {
    throw new Mistake(`Unexpected size of \`${shown(name)}\`, expected at most ${limits.bytes} bytes.`)
  }
  const text = textOf(readFileSync(path), name)
  const counts = text.trimStart().startsWith('<') ? junitCounts(text) : ctrfCounts(parseJson(text))
  if (typeof counts === 'string') throw new Mistake(`Unexpected test report \`${shown(name)}\`, expected ${counts}.`)
  return counts
}

/**
 * @param {Uint8Array} bytes
 * @param {string} name
 */
function textOf(bytes, name) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Mistake(`Unexpected bytes in \`${shown(name)}\`, expected text in UTF-8.`)
  }
}

/**
 * Common Test Report Format, https://ctrf.io.
 * @param {unknown} report
 * @returns {Counts | string} what was expected, where it is none
 */
function ctrfCounts(report) {
  const expected = 'JUnit XML, or JSON in the Common Test Report Format'
  const { reportFormat, results } = mapOf(report)
  const { tests } = mapOf(results)
  if (reportFormat !== 'CTRF' || !Array.isArray(tests)) return expected
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const test of tests) {
    const { status } = mapOf(test)
    if (status === 'passed' || status === 'failed') counts[status] += 1
    else if (status === 'skipped' || status === 'pending' || status === 'other') counts.skipped += 1
    else return 'tests that are `passed`, `failed`, `skipped`, `pending` or `other`'
  }
  return counts
}

/**
 * @param {unknown} value
 * @returns {Record<string, unknown>}
 */
function mapOf(value) {
  return typeof value === 'object' && value !== null ? /** @type {Record<string, unknown>} */ (value) : {}
}

/**
 * @param {string} text
 * @returns {unknown}
 */
function parseJson(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
