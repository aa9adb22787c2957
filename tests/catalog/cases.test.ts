/**
 * A folder is a case: `content/`, and in `expected.txt` what `check` says about it, with the options of `options.txt`.
 * UPDATE=1 writes, CI never does.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { casesFolder, run } from '#tests/builders.ts'

const cases = readdirSync(casesFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
const mayWrite = process.env.UPDATE === '1' && !process.env.CI

describe('what check says', () => {
  test.each(cases)('about %s is what was expected', async (name) => {
    const directory = join(casesFolder, name)
    const optionsFile = join(directory, 'options.txt')
    const options = existsSync(optionsFile) ? readFileSync(optionsFile, 'utf8').trim().split(/\s+/) : []
    const { code, answer, told } = await run(['check', '--content', 'content', ...options], { directory })

    const said = `${answer}${told}`
    const file = join(directory, 'expected.txt')
    if (mayWrite) writeFileSync(file, said)
    expect(existsSync(file), `${name} has no expected.txt: write it with UPDATE=1`).toBe(true)
    expect(said).toBe(readFileSync(file, 'utf8'))
    expect(code).toBe(/ {2}error {2}/.test(answer) ? 1 : 0)
  })
})
