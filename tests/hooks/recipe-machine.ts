/** A machine with a content folder, and with the tools that a test gives it: none of its programs are real but those of a shell. */
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { StoredRecord } from '#domain/evidence.ts'
import { folderOf, projectFile, run, type Ran } from '#tests/builders.ts'
import { elfFile } from './elf-file.ts'

const architectures = `amd64: {name: x86 64-bit, control: true, debian: amd64, gnu: x86_64-linux-gnu, uname: [x86_64]}
arm64: {name: Arm 64-bit, aliases: [aarch64], debian: arm64, gnu: aarch64-linux-gnu, uname: [aarch64]}
s390x: {name: IBM Z, debian: s390x, gnu: s390x-linux-gnu, uname: [s390x]}
armv6: {name: ARMv6, gnu: arm-linux-gnueabihf}
`

/** What a shell needs. */
const realTools = [
  'bash',
  'sh',
  'cat',
  'chmod',
  'cp',
  'dirname',
  'env',
  'head',
  'ln',
  'mkdir',
  'mkfifo',
  'readlink',
  'sleep',
  'yes',
]

/** Compiles by copying a program that lies ready. */
const compilerOf = (architecture: string) => `#!/bin/sh
here=$(dirname "$0")
case $1 in
  -print-file-name=crt1.o) echo "$here/../usr/${architecture}/lib/crt1.o";;
  --version) echo "compiler for ${architecture} 1.0";;
  *)
    while [ "$1" != -o ]; do shift; done
    cp "$here/../programs/${architecture}" "$2";;
esac
`

/** Runs programs of its machine by saying so. */
const emulator = `#!/bin/sh
if [ "$1" = --version ]; then echo "emulator 1.0"; exit 0; fi
echo "emulated by $0 $1 $2: $4"
`

const aptGet = `#!/bin/sh
here=$(dirname "$0")/..
if [ -z "$APT_CONFIG" ]; then echo http://mirror.example.org/debian/; exit 0; fi
case $1 in
  update) cat "$here/apt/update" >&2; exit $(cat "$here/apt/update-code");;
  source)
    echo "$@" >> "$here/apt/asked"
    name=\${4%%=*}
    if [ "$4" = $name=8.2.1-1 ]; then
      echo "Get:1 http://mirror.example.org/debian bookworm/main $name 8.2.1-1 (dsc) [10 B]"; echo dsc > \${name}_8.2.1-1.dsc; exit 0
    fi
    echo "E: Unable to find a source package for $4" >&2; exit 100;;
esac
`

/** Unpacks a source that has tests. */
const dpkgSource = `#!/bin/sh
name=\${3##*/}
folder=\${name%%_*}-8.2.1
mkdir $folder
cp "$3" $folder/
printf '#!/bin/sh\\necho 1..1\\necho ok 1\\n' > $folder/run-tests
chmod +x $folder/run-tests
`

const tools: Record<string, string> = {
  dpkg: '#!/bin/sh\necho amd64\n',
  'dpkg-query': '#!/bin/sh\n[ "$3" = missing-package ] && exit 1\necho installed\n',
  'dpkg-source': dpkgSource,
  'apt-get': aptGet,
  'apt-config': '#!/bin/sh\n',
  gcc: compilerOf('amd64'),
  'aarch64-linux-gnu-gcc': compilerOf('arm64'),
  'qemu-aarch64': emulator,
}

/** The front matter of a recipe, below what every recipe has. */
export const plainRecipe = `proves: {project: redis, version: 8.2.1, binaries: [redis-server]}
steps:
  - {title: Build it, level: builds, run: $CC -o redis-server}
verify:
  - {run: "test -z \\"$EMULATOR\\" || $EMULATOR ./redis-server --test", expect: It runs.}
`

export function recipeFile(text: string, ids = 'amd64, arm64'): string {
  return `---\ntitle: Build Redis\nsummary: How.\ndate: 2026-11-21\nprojects: [redis]\narchitectures: [${ids}]\n${text}---\n`
}

/** @param without tools that the machine does not have */
export function machineWith(recipe: string, without: readonly string[] = [], ids?: string): string {
  const directory = folderOf({
    'content/site.yml': 'title: Test\n',
    'content/architectures.yml': architectures,
    'content/projects/redis.md': projectFile(),
    'content/recipes/build.md': recipeFile(recipe, ids),
    'content/recipes/prose.md': recipeFile('steps: [{title: Think}]\n'),
    'programs/amd64': elfFile({ machine: 62, alignments: [4096] }),
    'programs/arm64': elfFile(),
    'usr/arm64/lib/crt1.o': '',
    'usr/amd64/lib/crt1.o': '',
    'apt/update': '',
    'apt/update-code': '0',
    'tmp/.keep': '',
  })
  mkdirSync(join(directory, 'bin'))
  for (const name of realTools) {
    const path = execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim()
    if (!without.includes(name)) symlinkSync(path, join(directory, 'bin', name))
  }
  for (const [name, text] of Object.entries(tools)) {
    if (without.includes(name)) continue
    writeFileSync(join(directory, 'bin', name), text)
    chmodSync(join(directory, 'bin', name), 0o755)
  }
  return directory
}

export interface Answer {
  code: number
  told: string
  read: number
  added: number
  problems: { code: string; severity: string; reason: string; fix: string; place: { file: string } }[]
  transitions: { project: string; architecture: string; to: { support: string; basis: string } }[]
  runs: {
    architecture: string
    execution: string
    log: string
    results: { level: string; outcome: string; execution: string; reason?: string; counts?: object }[]
  }[]
}

export async function runBuild(directory: string, args: readonly string[] = [], environment = {}): Promise<Ran> {
  const PATH = join(directory, 'bin')
  const whole = { PATH, HOME: join(directory, 'home'), ...environment }
  return run(['run', 'build', '--content', 'content', ...args], { directory, environment: whole })
}

export async function answerOf(directory: string, args: readonly string[] = [], environment = {}): Promise<Answer> {
  const { code, answer, told } = await runBuild(directory, ['--json', ...args], environment)
  return { code, told, ...(JSON.parse(answer) as Omit<Answer, 'code' | 'told'>) }
}

/** `arm64 builds passed cross` for each result. */
export function shownBy({ runs }: Answer): string[] {
  return runs.flatMap(({ architecture, results }) =>
    results.map(({ level, outcome, execution, reason }) =>
      [architecture, level, outcome, execution, reason].filter(Boolean).join(' '),
    ),
  )
}

export function recordsIn(directory: string): StoredRecord[] {
  const path = join(directory, 'content/evidence/redis.jsonl')
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8').trim().split('\n')
  return lines.map((line) => JSON.parse(line) as StoredRecord) // what `check` says of them is tested too
}

export function logsIn(directory: string): string[] {
  const folder = join(directory, 'content/evidence/logs/redis')
  return existsSync(folder)
    ? readdirSync(folder)
        .sort()
        .map((name) => readFileSync(join(folder, name), 'utf8'))
    : []
}

/** Removes what no test may leave in the system's own folder for such things. */
export function keptFolderIn(told: string): string {
  const [, folder = ''] = /The folder of the run is kept: (.*)\n/.exec(told) ?? []
  return folder
}

export function removeFolder(folder: string): void {
  if (/works-on-arm-run-\w+$/.test(folder)) rmSync(folder, { recursive: true, force: true })
}
