/** What a program costs is told of all its processes. */
import process from 'node:process'
import { expect, test } from 'vitest'
import { runMeasured } from '../../scripts/bench/run-measured.ts'

const command = (script: string) => ({
  program: process.execPath,
  args: ['-e', script],
  directory: import.meta.dirname,
  environment: {},
})

test.runIf(process.platform === 'linux')('processor time and memory of a child count too', async () => {
  const holding = 'const held = Buffer.alloc(200e6, 1); setTimeout(() => held, 400)'
  const parent = await runMeasured(
    command(`require('node:child_process').spawnSync(process.execPath, ['-e', ${JSON.stringify(holding)}])`),
  )
  expect(parent.cpuSeconds).toBeGreaterThan(0)
  expect(parent.peakMegabytes).toBeGreaterThan(200)
})

test('a program that fails is no measurement, and its last words are told', async () => {
  await expect(runMeasured(command("console.error('out of luck'); process.exit(3)"))).rejects.toThrow('out of luck')
  await expect(runMeasured({ ...command('process.exit(1)'), accepted: [1] })).resolves.toHaveProperty('wallSeconds')
  await expect(runMeasured({ ...command(''), program: 'no-such-program' })).rejects.toThrow('no-such-program')
})

test('what a program leaves running is ended with it', async () => {
  const child = JSON.stringify(`process.stdout.write('started'); setInterval(() => undefined, 1000)`)
  const script = `const child = require('node:child_process').spawn(process.execPath, ['-e', ${child}], { stdio: ['ignore', 'pipe', 'inherit'] })
    child.stdout.once('data', () => process.exit(0))`
  await expect(runMeasured(command(script))).resolves.toHaveProperty('wallSeconds')
})
