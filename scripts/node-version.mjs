/** Which Node.js the project needs. Plain JavaScript, and without packages: it is asked where there are none. */
import { readFileSync } from 'node:fs'

/** @returns {string} The floor in `engines`: "22.18" for ">=22.18" */
export function neededVersion() {
  /** @type {{ engines: { node: string } }} */
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return manifest.engines.node.replace('>=', '')
}

/**
 * @param {string} version
 * @param {string} floor
 */
export function isAtLeast(version, floor) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [floorMajor = 0, floorMinor = 0] = floor.split('.').map(Number)
  return major > floorMajor || (major === floorMajor && minor >= floorMinor)
}
