/** The command line. `npm run cli -- <command>`; exit 0 clean, 1 problems, 2 could not run. */
import { existsSync, readFileSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { createInterface } from 'node:readline/promises'
import { fileURLToPath } from 'node:url'

// A reader that has seen enough, such as `head`, closes the pipe.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

const home = fileURLToPath(new URL('../../', import.meta.url))
// Loading its modules is most of what a small command does.
if (existsSync(`${home}node_modules`)) enableCompileCache(`${home}node_modules/.cache/works-on-arm/compiled`)
const { runCli } = await import('./run.ts')

process.exitCode = await runCli(process.argv.slice(2), {
  environment: process.env,
  // npm runs scripts in the package's folder and keeps the caller's in INIT_CWD.
  directory: process.env.INIT_CWD ?? process.cwd(),
  home,
  // Nothing here imports a package: `doctor` has to run where packages are missing.
  now: `${new Date().toISOString().slice(0, 19)}Z`,
  isTerminal: process.stdout.isTTY,
  standardInput: () => readFileSync(0),
  ...(process.stdin.isTTY && process.stdout.isTTY && { ask }),
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
