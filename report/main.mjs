/** Where the action begins: the outside world, handed to everything that needs it. */
import { endianness, machine } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { report } from './report.mjs'

process.exitCode = await report({
  environment: process.env,
  machine: { uname: machine(), node: process.arch, endianness: endianness() },
  directory: process.env.GITHUB_WORKSPACE ?? process.cwd(),
  now: () => Date.now(),
  sleep: async (milliseconds) => void (await sleep(milliseconds)),
  patience: 15_000,
  print: (text) => void process.stdout.write(text),
})
