/** What is piped into the command line comes when it comes: other programs take their time. */
import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { argumentsOf } from '../../scripts/npm-script.ts'

const home = resolve(import.meta.dirname, '../..')
const list = 'ii  sqlite3  3.40.1-2  amd64  Command line interface for SQLite 3\n'

test.each([
  ['at once', 0, 1],
  ['slowly', 2500, 1],
  ['in many parts', 40, 12],
  ['more than a pipe holds', 0, 6000],
])('%s', async (_, milliseconds, parts) => {
  // Node's own way to hand over input is no pipe, but a socket.
  const command = [process.execPath, ...argumentsOf('cli', home), 'scan', '-', '--arch', 'arm64']
  const child = spawn('sh', ['-c', 'cat | "$@"', 'sh', ...command], { cwd: home })
  let [answer, told] = ['', '']
  child.stdout.on('data', (text) => (answer += String(text)))
  child.stderr.on('data', (text) => (told += String(text)))
  const ended = new Promise((end) => child.once('close', end))
  for (let part = 0; part < parts; part += 1) {
    if (milliseconds > 0) await setTimeout(milliseconds)
    child.stdin.write(list)
  }
  child.stdin.end()
  expect(await ended).toBeLessThan(2)
  expect(told).not.toContain('refused')
  expect(answer).toContain('sqlite')
})
