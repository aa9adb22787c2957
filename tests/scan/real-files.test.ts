/** Files that tools wrote, as they are: `tests/fixtures/stacks/README.md` says where each is from. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { formats } from '#scan/formats.ts'
import { componentNamed, purlsOf, realStack } from './stacks.ts'

const folder = new URL('../fixtures/stacks/', import.meta.url)

/** Path, format, how many components, and one that stands where it is said to. */
const files: [path: string, format: string, components: number, named: string, line: number][] = [
  ['cargo/Cargo.lock', 'Cargo lockfile', 9, 'tikv-jemalloc-sys', 106],
  ['compose/compose.yaml', 'Compose file', 3, 'nginx', 47],
  ['compose/docker-compose.yml', 'Compose file', 2, 'prom/prometheus', 3],
  ['cyclonedx-go/proton-bridge.bom.json', 'CycloneDX (JSON)', 4, 'github.com/CloudyKit/jet/v3', 58],
  ['cyclonedx-xml/bom.xml', 'CycloneDX (XML)', 4, '@gar/promisify', 74],
  ['dockerfile/Dockerfile', 'Dockerfile', 8, 'alpine/git', 3],
  ['dockerfile/lint.Dockerfile', 'Dockerfile', 4, 'golang', 3],
  ['dpkg/dpkg.txt', 'dpkg list', 18, 'python3.11', 14],
  ['dpkg/dpkg-query.txt', 'dpkg list', 13, 'libpython3.11-stdlib', 4],
  ['go/go.mod', 'Go module file', 65, 'github.com/opencontainers/runc', 48],
  ['go/go.sum', 'Go checksums', 16, 'github.com/davecgh/go-spew', 2],
  ['npm-1/package-lock.json', 'npm lockfile', 91, 'esbuild', 367],
  ['npm-2/package-lock.json', 'npm lockfile', 91, 'esbuild', 1023],
  ['npm-3/package-lock.json', 'npm lockfile', 91, 'esbuild', 1023],
  ['npm-sbom/bom.cdx.json', 'CycloneDX (JSON)', 92, 'esbuild', 1460],
  ['npm-sbom/bom.spdx.json', 'SPDX 2 (JSON)', 92, 'esbuild', 1438],
  ['pipenv/Pipfile.lock', 'Pipenv lockfile', 42, 'pyasn1', 19],
  ['pnpm-5/pnpm-lock.yaml', 'pnpm lockfile', 5, '@zeit/ncc', 22],
  ['pnpm-9/pnpm-lock.yaml', 'pnpm lockfile', 91, 'esbuild', 378],
  ['poetry/poetry.lock', 'Poetry lockfile', 3, 'cffi', 20],
  ['requirements/requirements.txt', 'pip requirements', 7, 'pyparsing', 19],
  ['spdx-3/modules.spdx.json', 'SPDX 3 (JSON)', 2, 'rsc.io/quote', 25],
  ['spdx-purl/minimal.spdx.json', 'SPDX 2 (JSON)', 1, 'spdx/tools-java', 11],
  ['spdx-tags/hello-go.spdx', 'SPDX 2 (tag-value)', 3, 'go.fmt', 49],
  ['uv/uv.lock', 'uv lockfile', 4, 'pydantic-core', 41],
  ['yarn-1/yarn.lock', 'Yarn lockfile', 22, 'align-text', 10],
  ['yarn-4/yarn.lock', 'Yarn lockfile', 111, 'esbuild', 540],
]

describe('a real file', () => {
  test.each(files)(
    '%s is a %s with %i components, %s among them on line %i',
    async (path, format, components, named, line) => {
      const stack = await realStack(path)
      const unread = path.startsWith('dockerfile/') ? [{ code: 'unread-installation', place: { line: 5 } }] : []
      expect(stack.problems).toMatchObject(unread)
      expect(stack.files).toEqual([{ name: path.split('/').at(-1), format, components }])
      expect(stack.components).toHaveLength(components)
      expect(componentNamed(stack, named).line).toBe(line)
    },
  )

  test('is there for every format, and each one there is read', () => {
    const found = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/^(?:README\.md|package\.json)$/.test(entry.name))
      .map(({ parentPath, name }) => `${parentPath.split('/').at(-1) ?? ''}/${name}`)
    expect(found.sort()).toEqual(files.map(([path]) => path).sort())
    expect(new Set(files.map(([, format]) => format))).toEqual(new Set(formats.map(({ name }) => name)))
  })

  test('names nothing that does not stand on its line', async () => {
    for (const [path] of files) {
      const { components } = await realStack(path)
      const lines = readFileSync(new URL(path, folder), 'utf8').split('\n')
      for (const { name, line } of components) {
        // JSON objects begin on one line and name themselves on the next ones.
        const around = lines.slice(line - 1, line + 12).join('\n')
        const last = name.split('/').at(-1) ?? ''
        expect.soft(name === 'stdlib' || around.includes(last), `${path}:${line} ${name}`).toBe(true)
      }
    }
  })
})

describe('one stack, as several tools wrote it,', () => {
  const registryPackages = async (path: string) =>
    new Set(purlsOf(await realStack(path)).filter((purl) => purl !== 'pkg:npm/stack@1.0.0'))

  test.each([
    'npm-1/package-lock.json',
    'npm-2/package-lock.json',
    'npm-sbom/bom.cdx.json',
    'npm-sbom/bom.spdx.json',
    'pnpm-9/pnpm-lock.yaml',
  ])('has the same packages in %s as in a package-lock.json of version 3', async (path) => {
    expect(await registryPackages(path)).toEqual(await registryPackages('npm-3/package-lock.json'))
  })

  test('has what Yarn adds for its own building, besides', async () => {
    const yarn = await registryPackages('yarn-4/yarn.lock')
    for (const purl of await registryPackages('npm-3/package-lock.json')) expect(yarn).toContain(purl)
  })
})
