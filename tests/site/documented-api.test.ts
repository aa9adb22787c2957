/** Holds `docs/api.md` and `docs/deploy.md` to a built site: what is documented is run as it is written. */
import { spawn } from 'node:child_process'
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isMissing } from '#tests/tools.ts'
import { apiPaths } from '#views/api-description.ts'
import { ApiCell } from '#views/api-parts.ts'
import { answerNames } from '#views/api-schemas.ts'
import { home, real } from './sites.ts'

const page = readFileSync(join(home, 'docs/api.md'), 'utf8')

/** The code blocks of a language, in order. */
function blocksOf(language: string): string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, code = '']) => code)
}

let server: Server
let address = ''

beforeAll(async () => {
  server = createServer((request, response) => {
    const file = join(real.folder, new URL(request.url ?? '/', 'http://localhost').pathname)
    if (!existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end()
      return
    }
    createReadStream(file).pipe(response)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  // It listens on a port, so its address is one of the network.
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
})

describe('every example', () => {
  const examples = blocksOf('sh')

  test('is among those that are run', () => {
    expect(examples.length).toBeGreaterThan(10)
    for (const example of examples) expect(example).toContain('curl -s "$SITE/')
  })

  test.skipIf(isMissing(['curl', '--version'], ['jq', '--version'])).each(examples)('answers: %s', async (example) => {
    const { code, output, errors } = await shell(example)
    expect(errors).toBe('')
    expect(code).toBe(0)
    expect(output.trim()).not.toBe('')
    expect(output).not.toMatch(/^null$/m)
  })
})

test('the cell that is shown is one', () => {
  for (const cell of blocksOf('json')) expect(() => ApiCell.parse(JSON.parse(cell))).not.toThrow()
  expect(blocksOf('json')).toHaveLength(1)
})

test('every address, every schema and every field of a cell is told', () => {
  for (const { path } of apiPaths) expect(page).toContain(`\`${path}\``)
  for (const name of answerNames) expect(page).toContain(`\`${name}\``)
  for (const field of Object.keys(ApiCell.shape)) expect(page).toMatch(new RegExp(`^\\| \`${field}\` `, 'm'))
})

test('every header of the file of headers is in what is documented for other hosts', () => {
  const deploy = readFileSync(join(home, 'docs/deploy.md'), 'utf8')
  const headers = readFileSync(join(real.folder, '_headers'), 'utf8').match(/^ {2}.+$/gm) ?? []
  expect(headers.length).toBeGreaterThan(10)
  for (const header of new Set(headers)) {
    const [, name = '', value = ''] = /^ {2}([\w-]+): (.*)$/.exec(header) ?? []
    expect(deploy).toContain(`\`${name}\``)
    if (name !== 'Content-Type') {
      expect(deploy, header).toContain(`\`${value}\``)
      expect(deploy, header).toContain(`"${value}"`)
    }
  }
})

/** Runs a script with bash, while the server of this process answers it. */
function shell(script: string): Promise<{ code: number | null; output: string; errors: string }> {
  return new Promise((done) => {
    const child = spawn('bash', ['-eu', '-c', script], { env: { ...process.env, SITE: address } })
    let [output, errors] = ['', '']
    child.stdout.on('data', (part: Buffer) => (output += part.toString()))
    child.stderr.on('data', (part: Buffer) => (errors += part.toString()))
    child.on('close', (code) => {
      done({ code, output, errors })
    })
  })
}
