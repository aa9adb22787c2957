/** Asks the registry through npm itself, so that what this machine is told of registries and proxies counts. */
import { execFile } from 'node:child_process'

export type NpmAnswer =
  | { kind: 'found'; json: unknown }
  /** The registry answers, and has no such package or version. */
  | { kind: 'missing' }
  /** No answer that says anything, and npm's word for it: `ETIMEDOUT`. */
  | { kind: 'failed'; code: string }

/** @param specification a name and a version, such as `esbuild@latest`; both must be checked already */
export type AskNpm = (specification: string, fields: readonly string[]) => Promise<NpmAnswer>

/** npm itself is not there. */
export class NoNpm extends Error {}

export interface NpmSurroundings {
  environment: Readonly<Record<string, string | undefined>>
  /** Folder whose `.npmrc` counts. */
  directory: string
}

const timeoutMilliseconds = 60_000
// The times of all versions are a part of the answer; the longest that was met has 15 kB.
const maximumBytes = 16 * 1024 * 1024

export function npmClient({ environment, directory }: NpmSurroundings): AskNpm {
  // A command that npm runs is told where npm is; on Windows its name alone cannot be run. Yarn and
  // pnpm use the same variable for themselves.
  const script = environment.npm_execpath
  const [file, before] =
    script !== undefined && /(?:^|[\\/])npm(?:-cli)?\.js$/.test(script) ? [process.execPath, [script]] : ['npm', []]
  return (specification, fields) =>
    new Promise((resolve, reject) => {
      execFile(
        file,
        [...before, 'view', '--json', '--', specification, ...fields],
        // An interrupted npm leaves nothing behind: it only reads.
        {
          cwd: directory,
          env: environment,
          timeout: timeoutMilliseconds,
          maxBuffer: maximumBytes,
          killSignal: 'SIGKILL',
        },
        (error, answer) => {
          if (error?.code === 'ENOENT') reject(new NoNpm('npm is not installed here: it is what asks the registry.'))
          else resolve(answerOf(answer, error === null))
        },
      )
    })
}

/** What npm's standard output says: the fields, or `{"error": {"code": "E404"}}`. */
export function answerOf(text: string, isSuccess: boolean): NpmAnswer {
  const json = parseJson(text)
  if (isSuccess) return json === undefined ? { kind: 'missing' } : { kind: 'found', json }
  const code = codeOf(json)
  // ETARGET: the package is there, and none of its versions is meant.
  if (code === 'E404' || code === 'ETARGET') return { kind: 'missing' }
  return { kind: 'failed', code: code ?? 'no answer' }
}

function codeOf(json: unknown): string | undefined {
  if (typeof json !== 'object' || json === null || !('error' in json)) return undefined
  const { error } = json
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  // The summary beside it names the registry, which may be one that nobody is to know.
  return typeof error.code === 'string' && /^[A-Z0-9_]{1,40}$/.test(error.code) ? error.code : undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
