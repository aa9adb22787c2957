/** The command line. `npm run cli -- <command>`; exit 0 clean, 1 problems, 2 could not run. */
import { createInterface } from 'node:readline/promises'
import { isatty } from 'node:tty'
import { fileURLToPath } from 'node:url'
import { runCli } from './run.ts'
import { readStandardInput } from './standard-input.ts'

// A reader that has seen enough, such as `head`, closes the pipe.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

const home = fileURLToPath(new URL('../../', import.meta.url))
process.exitCode = await runCli(process.argv.slice(2), {
  environment: process.env,
  // npm runs scripts in the package's folder and keeps the caller's in INIT_CWD.
  directory: process.env.INIT_CWD ?? process.cwd(),
  home,
  // Nothing here imports a package: `doctor` has to run where packages are missing.
  now: `${new Date().toISOString().slice(0, 19)}Z`,
  isTerminal: process.stdout.isTTY,
  standardInput: readStandardInput,
  // To ask `process.stdin` would open it, and a pipe that is open there does not wait for its writer.
  ...(isatty(0) && process.stdout.isTTY && { ask }),
  answer: (text) => void process.stdout.write(text),
  tell: (text) => void process.stderr.write(text),
})

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await terminal.question(question)
  } finally {
    terminal.close()
  }
}
