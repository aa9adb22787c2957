import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderOf, projectFile, run } from '#tests/builders.ts'
import { arm64, armhf, indexesOf, releaseOf, sources } from './debian-suite.ts'

const architectures = `amd64: {name: x86 64-bit, control: true, debian: amd64}
arm64: {name: Arm 64-bit, debian: arm64}
armv7: {name: ARMv7, debian: armhf}
armv6: {name: ARMv6}
`

// Does what apt does with its root: takes the sources, leaves lists, and tells where they are.
const aptGet = `#!/bin/sh
here=$(dirname "$0")/..
if [ -z "$APT_CONFIG" ]; then echo http://machine.example.org/debian-security/; echo http://machine.example.org/debian/; exit 0; fi
root=$(sed -n 's/^Dir::State "\\(.*\\)";$/\\1/p' "$APT_CONFIG")
if [ "$1" = update ]; then
  mkdir -p "$here/seen"
  cp "$APT_CONFIG" "$root/sources.list" "$here/seen/"
  echo "$root" > "$here/seen/root"
  cp "$here"/lists/* "$root/lists/"
  cat "$here/stderr" >&2
  exit "$(cat "$here/exit")"
fi
for path in main/source/Sources main/binary-arm64/Packages main/binary-armhf/Packages; do
  echo "$root/lists/mirror_dists_bookworm_$(echo $path | tr / _)|$path"
done
`
const aptConfig = `#!/bin/sh
echo 'Acquire::http "";'
echo 'Acquire::http::Proxy "http://proxy.example.org:3128";'
echo 'APT::Update::Post-Invoke:: "rm -rf /";'
`

/** A machine with an apt whose mirror holds these files. */
function machine(changes: Record<string, string | undefined> = {}, apt = { exit: '0', stderr: '' }): string {
  const lists = new Map<string, string | undefined>([['InRelease', releaseOf(indexesOf())], ...indexesOf()])
  for (const [path, text] of Object.entries(changes)) lists.set(path, text)
  const files = [...lists].flatMap(([path, text]) =>
    text === undefined ? [] : [[`apt/lists/mirror_dists_bookworm_${path.replaceAll('/', '_')}`, text] as const],
  )
  const directory = folderOf({
    'content/site.yml': 'title: Test\n',
    'content/architectures.yml': architectures,
    'content/projects/nginx.md': projectFile({ name: 'nginx', identifiers: '["pkg:deb/debian/nginx"]' }),
    'content/projects/delve.md': projectFile({
      name: 'Delve',
      identifiers: '["pkg:npm/x", "pkg:deb/debian/delve@1?arch=source"]',
    }),
    'content/projects/clojure.md': projectFile({ name: 'Clojure', identifiers: '["pkg:deb/debian/clojure"]' }),
    'apt/bin/apt-get': aptGet,
    'apt/bin/apt-config': aptConfig,
    'apt/exit': apt.exit,
    'apt/stderr': apt.stderr,
    ...Object.fromEntries(files),
  })
  for (const name of ['apt-get', 'apt-config']) chmodSync(join(directory, 'apt/bin', name), 0o755)
  return directory
}

const probe = async (directory: string, ...args: string[]) => {
  const PATH = `${join(directory, 'apt/bin')}:${process.env.PATH ?? ''}`
  const ran = await run(['probe', 'debian', '--content', 'content', ...args], { directory, environment: { PATH } })
  return ran
}
interface Answer {
  read: number
  added: number
  duplicates: number
  problems: { code: string; severity: string; place: { file: string } }[]
  transitions: { project: string; architecture: string; to: { support: string } }[]
  indexes: { suite: string; port: string; packages: number; built: number }[]
}
const answerOf = async (directory: string, ...args: string[]) => {
  const { code, answer, told } = await probe(directory, '--suite', 'bookworm', '--json', ...args)
  return { code, told, ...(JSON.parse(answer) as Answer) }
}
const seenBy = (directory: string, name: string) => readFileSync(join(directory, 'apt/seen', name), 'utf8')
const evidenceOf = (directory: string) => {
  const folder = join(directory, 'content/evidence')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .sort()
    .map((name) => [name, readFileSync(join(folder, name), 'utf8')])
}

describe('`probe debian`', () => {
  test('records what was built, under our names of the ports', async () => {
    const directory = machine()
    const { code, told, read, added, problems, transitions, indexes } = await answerOf(directory)
    // The fixture has no amd64, though the Release file names it.
    expect(problems).toMatchObject([
      { code: 'incomplete-index', place: { file: 'bookworm/main/binary-amd64/Packages' } },
    ])
    expect({ code, told, read, added }).toEqual({ code: 1, told: '', read: 3, added: 3 })
    expect(transitions.map(({ project, architecture, to }) => `${project} ${architecture} ${to.support}`)).toEqual([
      'delve arm64 available',
      'nginx arm64 available',
      'nginx armv7 available',
    ])
    expect(indexes).toMatchObject([
      { suite: 'bookworm', port: 'arm64', built: 2 },
      { suite: 'bookworm', port: 'armhf', built: 1 },
    ])
    expect(evidenceOf(directory).map(([name]) => name)).toEqual(['delve.jsonl', 'nginx.jsonl'])
    expect((await run(['check', '--content', 'content'], { directory })).code).toBe(0)
  })

  test('a second time gives the same records', async () => {
    const directory = machine()
    await answerOf(directory)
    const before = evidenceOf(directory)
    expect(await answerOf(directory)).toMatchObject({ read: 3, added: 0, duplicates: 3, transitions: [] })
    expect(evidenceOf(directory)).toEqual(before)
    const elsewhere = machine()
    await answerOf(elsewhere, '--mirror', 'https://other.example.org/debian')
    expect(evidenceOf(elsewhere)).toEqual(before)
  })

  test('tells what would happen and writes nothing when it is asked to', async () => {
    const directory = machine()
    expect(await answerOf(directory, '--dry-run')).toMatchObject({ added: 3 })
    expect(evidenceOf(directory)).toEqual([])
  })

  test('a mirror that is not whole takes nothing back, and the ports that are whole still count', async () => {
    const directory = machine()
    await answerOf(directory)
    const before = evidenceOf(directory)
    const lists = join(directory, 'apt/lists/mirror_dists_bookworm_main_binary-armhf_Packages')
    rmSync(lists)
    writeFileSync(join(directory, 'apt/exit'), '100')
    writeFileSync(
      join(directory, 'apt/stderr'),
      'E: Failed to fetch …/dists/bookworm/main/binary-armhf/Packages.xz  File has unexpected size\n',
    )
    const { code, problems, duplicates } = await answerOf(directory)
    expect({ code, duplicates }).toEqual({ code: 1, duplicates: 2 })
    expect(problems.map(({ code, severity, place }) => `${severity} ${code} ${place.file}`)).toEqual([
      'warning incomplete-index bookworm/main/binary-amd64/Packages',
      'warning incomplete-index bookworm/main/binary-armhf/Packages',
    ])
    expect(evidenceOf(directory)).toEqual(before)
  })

  test('without a Release file is no observation of the suite', async () => {
    const directory = machine({ InRelease: undefined }, { exit: '100', stderr: 'E: no Release file.\n' })
    expect(await answerOf(directory)).toMatchObject({
      code: 1,
      read: 0,
      indexes: [],
      problems: [{ code: 'incomplete-index' }],
    })
  })

  test('says which of the named packages is none of the suite', async () => {
    const directory = machine()
    writeFileSync(
      join(directory, 'content/projects/other.md'),
      projectFile({ name: 'Other', identifiers: '["pkg:deb/debian/nginx-full"]' }),
    )
    const { problems } = await answerOf(directory)
    expect(problems).toContainEqual(
      expect.objectContaining({
        code: 'unknown-debian-source',
        severity: 'warning',
        place: { file: 'content/projects/other.md', line: 6, column: 15 },
      }),
    )
  })

  test('knows a source that another suite has shown', async () => {
    const directory = machine()
    await answerOf(directory)
    const withoutDelve = (indexesOf().get(sources) ?? '').replace('Package: delve\n', 'Package: delved\n')
    const published = new Map([...indexesOf(), [sources, withoutDelve]])
    writeFileSync(join(directory, 'apt/lists/mirror_dists_bookworm_InRelease'), releaseOf(published))
    writeFileSync(join(directory, 'apt/lists/mirror_dists_bookworm_main_source_Sources'), withoutDelve)
    const { problems, read } = await answerOf(directory)
    expect(read).toBe(2)
    expect(problems.map(({ code }) => code)).not.toContain('unknown-debian-source')
  })

  test('leaves apt a root of its own, with the mirror and the proxy of the machine and none of its hooks', async () => {
    const directory = machine()
    await answerOf(directory)
    expect(seenBy(directory, 'sources.list')).toMatch(
      /^deb \[arch=amd64,arm64,armhf[^\]]*\] http:\/\/machine\.example\.org\/debian\/ bookworm main\ndeb-src \[[^\]]+\] http:\/\/machine\.example\.org\/debian\/ bookworm main\n$/,
    )
    const settings = seenBy(directory, 'apt.conf')
    expect(settings).toContain('Acquire::http::Proxy "http://proxy.example.org:3128";')
    expect(settings).not.toContain('Post-Invoke')
    expect(existsSync(seenBy(directory, 'root').trim())).toBe(false)
  })

  test('shows how far it is on a terminal, and every index in the answer', async () => {
    const directory = machine()
    const PATH = `${join(directory, 'apt/bin')}:${process.env.PATH ?? ''}`
    const { answer, told } = await run(['probe', 'debian', '--suite', 'bookworm', '--content', 'content'], {
      directory,
      environment: { PATH },
      isTerminal: true,
    })
    for (const index of [sources, arm64, armhf]) expect(told).toContain(index)
    expect(answer).toContain('bookworm/main arm64 of 2026-07-11: 10 packages, 2 of the named sources built.')
  })

  test.each([
    [['--suite', '../etc'], 'Unexpected suite'],
    [['--suite', ''], 'Unexpected suite'],
    [['--mirror', 'ftp://example.org/debian'], 'Unexpected mirror'],
    [['--mirror', 'http://example.org/a b'], 'Unexpected mirror'],
    [['--mirror', 'http://example.org/]\ndeb http://x/'], 'Unexpected mirror'],
  ])('does not run with %j', async (args, words) => {
    const { code, answer, told } = await probe(machine(), ...args)
    expect({ code, answer }).toEqual({ code: 2, answer: '' })
    expect(told).toContain(words)
  })

  test('does not run without apt, or where no project names a package', async () => {
    const directory = machine()
    const without = await run(['probe', 'debian', '--content', 'content'], {
      directory,
      environment: { PATH: '/nowhere' },
    })
    expect(without).toMatchObject({ code: 2, told: expect.stringContaining('`apt-get` could not be run') as string })
    const empty = folderOf({ 'content/site.yml': 'title: Test\n', 'content/architectures.yml': architectures })
    expect((await probe(empty)).told).toContain('No project names a source package')
  })

  test('is one of the things that can be probed', async () => {
    expect((await run(['probe'])).told).toContain('`debian`')
    expect((await run(['probe', 'debain'])).told).toContain('did you mean `debian`?')
    expect((await run(['probe', '--help'])).answer).toContain('probe debian [--suite bookworm,trixie]')
  })
})
