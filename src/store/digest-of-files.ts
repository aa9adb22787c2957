import { createHash } from 'node:crypto'
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A digest of files and folders by their names and bytes: the same wherever and whenever they were written. A link counts as one, with
 * the bytes of the file to which it leads.
 * @param paths those that are missing are left out
 * @throws where one of them cannot be read
 */
export function digestOfFiles(paths: readonly string[]): string {
  const digest = createHash('sha256')
  const add = (path: string, name: string) => {
    const found = lstatSync(path)
    if (found.isDirectory()) {
      digest.update(`${name}/\n`)
      for (const inner of readdirSync(path).sort()) add(join(path, inner), `${name}/${inner}`)
    } else {
      const bytes = readFileSync(path)
      digest.update(`${name} ${found.isSymbolicLink() ? 'link ' : ''}${bytes.length}\n`).update(bytes)
    }
  }
  for (const [index, path] of paths.entries()) if (existsSync(path)) add(path, String(index))
  return digest.digest('base64url')
}
