import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { isRun, type Evidence } from '#domain/evidence.ts'
import { run } from '#tests/builders.ts'
import {
  answerOf,
  keptFolderIn,
  logsIn,
  machineWith,
  plainRecipe,
  recordsIn,
  removeFolder,
  runBuild,
  shownBy,
} from './recipe-machine.ts'

const check = async (directory: string) => run(['check', '--content', 'content'], { directory })
const steps = (text: string, verify = '') =>
  `proves: {project: redis, version: 8.2.1, binaries: [redis-server]}\nsteps:\n${text}${verify === '' ? '' : `verify:\n${verify}`}`
const built = '  - {title: Build it, level: builds, run: $CC -o redis-server}\n'
const byLevel = (a: Evidence, b: Evidence) =>
  `${a.architecture} ${a.level}`.localeCompare(`${b.architecture} ${b.level}`)
const scratchFolders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('works-on-arm-run-'))

describe('`run`', () => {
  test('runs a recipe natively and by emulation, and records each level with its log', async () => {
    const directory = machineWith(plainRecipe)
    const answer = await answerOf(directory)
    expect(answer).toMatchObject({ code: 0, told: '', read: 4, added: 4, problems: [] })
    expect(shownBy(answer)).toEqual([
      'amd64 builds passed native',
      'amd64 tested passed native',
      'arm64 builds passed cross',
      'arm64 tested passed emulated',
    ])
    expect(answer.transitions.map(({ architecture, to }) => `${architecture} ${to.support} ${to.basis}`)).toEqual([
      'amd64 works verified',
      'arm64 emulated verified',
    ])
    const records = recordsIn(directory)
    expect(records.filter(isRun).sort(byLevel)).toMatchObject([
      { architecture: 'amd64', level: 'builds', artifact: { name: 'redis-server', pageAlignment: 4096 } },
      { architecture: 'amd64', level: 'tested', version: '8.2.1', provenance: { how: 'ran' } },
      { architecture: 'arm64', level: 'builds', artifact: { pageAlignment: 65536 } },
      { architecture: 'arm64', level: 'tested', source: { provider: 'recipe', repository: 'build' } },
    ])
    // One run of all architectures, so that the control finds the others.
    expect(new Set(records.map((record) => 'group' in record && record.group)).size).toBe(1)
    expect((await check(directory)).code).toBe(0)
    for (const { log } of answer.runs) {
      expect(existsSync(join(directory, `content/evidence${log}`))).toBe(true)
    }
    const emulated = logsIn(directory).find((log) => log.includes('on arm64'))
    expect(emulated).toContain('compiler for arm64 1.0\nemulator 1.0\n')
    expect(emulated).toMatch(/emulated by \S*qemu-aarch64 -L \S*usr\/arm64: --test\n-- passed, exit code 0/)
    expect(emulated).toContain('redis-server: 64-bit little-endian AArch64, aligned to 65536 bytes, sha256:')
    expect(emulated).not.toContain(tmpdir())
  })

  test('a second time adds a run, and the first one stays', async () => {
    const directory = machineWith(plainRecipe)
    const args = ['run', 'build', '--content', 'content', '--architecture', 'amd64', '--json']
    const environment = { PATH: join(directory, 'bin') }
    const first = await run(args, { directory, environment, now: '2026-11-20T12:00:00Z' })
    const second = await run(args, { directory, environment, now: '2026-11-21T12:00:00Z' })
    expect([first.code, second.code]).toEqual([0, 0])
    expect(recordsIn(directory)).toHaveLength(4)
  })

  test('tells people in lines, and where they read on', async () => {
    const directory = machineWith(plainRecipe)
    const { code, answer, told } = await runBuild(directory, ['--architecture', 'aarch64'])
    expect({ code, told }).toEqual({ code: 0, told: '' })
    expect(answer).toBe(
      'arm64, emulated: builds passed, tested passed.\nredis on arm64: unknown, none → emulated, verified\n2 results read: 2 added, 0 known already, 0 ignored, 0 problems.\n',
    )
  })

  test('writes nothing in a dry run, though it runs everything', async () => {
    const directory = machineWith(plainRecipe)
    expect(await answerOf(directory, ['--dry-run'])).toMatchObject({ code: 0, added: 4, transitions: [{}, {}] })
    expect(existsSync(join(directory, 'content/evidence'))).toBe(false)
  })

  test('shows progress on a terminal alone', async () => {
    const directory = machineWith(plainRecipe)
    const environment = { PATH: join(directory, 'bin') }
    const args = ['run', 'build', '--content', 'content', '--architecture', 'arm64']
    const { told } = await run(args, { directory, environment, isTerminal: true })
    expect(told).toContain('\rarm64, emulated: 1 of 2, Build it, 0 s')
  })

  test('removes its folder, or keeps it with everything in it', async () => {
    const directory = machineWith(plainRecipe)
    const before = scratchFolders()
    const { told } = await runBuild(directory, ['--keep', '--dry-run', '--architecture', 'arm64'])
    const folder = keptFolderIn(told)
    onTestFinished(() => {
      removeFolder(folder)
    })
    expect(readdirSync(join(folder, 'arm64')).sort()).toEqual(['home', 'log.txt', 'tmp', 'work'])
    expect(scratchFolders().filter((name) => !before.includes(name) && !folder.endsWith(name))).toEqual([])
  })
})

describe('a step that fails', () => {
  test('while it builds is a failed build, and nothing after it is run', async () => {
    const directory = machineWith(
      steps('  - {title: Build it, level: builds, run: echo no; exit 2}\n', '  - {run: touch tested, expect: x}\n'),
    )
    const answer = await answerOf(directory)
    expect(answer).toMatchObject({ code: 1, problems: [], added: 2 })
    expect(shownBy(answer)).toEqual(['amd64 builds failed native', 'arm64 builds failed cross'])
    expect(answer.told).toContain('amd64: Build it: failed, exit code 2')
    expect(answer.told).toContain('  | no\n')
    expect((await check(directory)).code).toBe(0)
  })

  test('while it tests leaves the build passed, with the counts of the tests', async () => {
    const verify = `  - {run: 'echo "{\\"passed\\": 7, \\"failed\\": 2, \\"skipped\\": 1}" > counts.json; exit 1', report: counts.json, expect: x}\n`
    const answer = await answerOf(machineWith(steps(built, verify)), ['--architecture', 'arm64'])
    expect(answer.code).toBe(1)
    expect(answer.runs[0]?.results).toEqual([
      { level: 'builds', outcome: 'passed', execution: 'cross' },
      { level: 'tested', outcome: 'failed', execution: 'emulated', counts: { passed: 7, failed: 2, skipped: 1 } },
    ])
  })

  test('in one check keeps no other check from running', async () => {
    const verify = `  - {level: starts, run: exit 1, expect: x}\n  - {run: 'printf "1..2\\nok 1\\nok 2 # SKIP\\n" > results.tap', report: results.tap, expect: x}\n`
    const answer = await answerOf(machineWith(steps(built, verify)), ['--architecture', 'arm64'])
    expect(shownBy(answer)).toEqual([
      'arm64 builds passed cross',
      'arm64 starts failed emulated',
      'arm64 tested passed emulated',
    ])
    expect(answer.runs[0]?.results[2]?.counts).toEqual({ passed: 1, failed: 0, skipped: 1 })
  })

  test('while it prepares shows nothing of the software', async () => {
    const answer = await answerOf(machineWith(steps(`  - {title: Prepare, run: exit 5}\n${built}`)), [
      '--architecture',
      'arm64',
    ])
    expect(shownBy(answer)).toEqual(['arm64 builds infra cross setup'])
    expect(answer.problems).toMatchObject([{ code: 'no-result', place: { file: 'content/recipes/build.md' } }])
    expect(answer.transitions).toEqual([])
  })

  test('because a command is missing shows nothing either', async () => {
    const answer = await answerOf(machineWith(steps(built, '  - {run: no-such-command, expect: x}\n')), [
      '--architecture',
      'arm64',
    ])
    expect(shownBy(answer)).toEqual(['arm64 builds passed cross', 'arm64 tested infra emulated setup'])
    expect(answer.problems[0]?.reason).toContain('exit code 127')
  })

  test('on the control column too excuses the others', async () => {
    const directory = machineWith(steps(built, '  - {run: exit 1, expect: x}\n'))
    await answerOf(directory)
    const { answer } = await run(['explain', 'redis', 'arm64', '--json', '--content', 'content'], { directory })
    const { evidence } = JSON.parse(answer) as { evidence: { level: string; fate: string }[] }
    expect(evidence.map(({ level, fate }) => `${level} ${fate}`).sort()).toEqual([
      'builds witness',
      'tested neutralised',
    ])
  })
})

describe('a limit', () => {
  test('of a step ends it, and it says nothing', async () => {
    const recipe = steps(built, '  - {run: sleep 1000, expect: x}\n')
    const answer = await answerOf(machineWith(recipe), ['--architecture', 'arm64', '--step-timeout', '1'])
    expect(shownBy(answer)).toEqual(['arm64 builds passed cross', 'arm64 tested infra emulated timeout'])
    expect(answer.problems).toMatchObject([{ code: 'no-result' }])
  })

  test('of everything leaves out what there is no time for', async () => {
    const recipe = steps('  - {title: Build it, level: builds, run: sleep 1000}\n')
    const answer = await answerOf(machineWith(recipe), ['--timeout', '1'])
    expect(shownBy(answer)).toEqual(['amd64 builds infra native timeout'])
    expect(answer.told).toContain('out of time: arm64')
    expect(answer.code).toBe(1)
  })

  test('of output ends a step that prints without end', async () => {
    const recipe = steps('  - {title: Build it, level: builds, run: "yes"}\n')
    const directory = machineWith(recipe)
    const answer = await answerOf(directory, ['--architecture', 'arm64', '--output-limit', '1'])
    expect(shownBy(answer)).toEqual(['arm64 builds infra cross'])
    expect(logsIn(directory)[0]?.length).toBeLessThan(20_000)
  })

  test.each([
    ['--timeout', '0'],
    ['--step-timeout', '1e3'],
    ['--output-limit', '99999'],
    ['--jobs', '-1'],
  ])('has to be a number: %s=%s', async (option, value) => {
    const { code, told } = await runBuild(machineWith(plainRecipe), [`${option}=${value}`])
    expect({ code, told: told.includes(value) }).toEqual({ code: 2, told: true })
  })
})

describe('the binary that was tested', () => {
  const looked = (recipe: string) => answerOf(machineWith(recipe), ['--architecture', 'arm64'])

  test('has to be of the architecture: what another compiler made is no pass', async () => {
    const answer = await looked(
      steps('  - {title: Build it, level: builds, run: gcc -o redis-server}\n', '  - {run: "true", expect: x}\n'),
    )
    expect(shownBy(answer)).toEqual(['arm64 builds infra cross setup'])
    expect(answer.problems).toMatchObject([{ code: 'wrong-machine', severity: 'error' }])
    expect(answer.problems[0]?.reason).toContain('64-bit little-endian x86-64, expected 64-bit little-endian AArch64')
    expect(answer.code).toBe(1)
  })

  test.each([
    ['missing', 'true'],
    ['a script', "printf '#!/bin/sh\\n' > redis-server"],
    ['a link to another place', 'ln -s /bin/sh redis-server'],
    ['a folder', 'mkdir redis-server'],
    ['a pipe, which nobody waits for', 'mkfifo redis-server'],
    ['half of one', 'head -c 30 ../../../programs/arm64 > redis-server || printf x > redis-server'],
  ])('has to be there, and not %s', async (_what, commands) => {
    const answer = await looked(steps(`  - title: Build it\n    level: builds\n    run: ${JSON.stringify(commands)}\n`))
    expect(shownBy(answer)).toEqual(['arm64 builds infra cross setup'])
    expect(answer.problems).toMatchObject([{ code: 'missing-binary' }])
  })

  test('is looked at where a recipe has no checks, and takes back what was shown before', async () => {
    const tested = '  - {title: Test it, level: tested, run: "true"}\n'
    const again = '  - {title: Build it again, level: builds, run: gcc -o redis-server}\n'
    const answer = await looked(steps(`${built}${tested}${again}`))
    expect(shownBy(answer)).toEqual(['arm64 builds infra cross setup', 'arm64 tested infra emulated setup'])
    expect(answer.problems).toMatchObject([{ code: 'wrong-machine' }])
    const steadily = await looked(steps(`  - {title: Bring it, run: gcc -o redis-server}\n${tested}`))
    expect(shownBy(steadily)).toEqual(['arm64 tested infra emulated setup'])
  })

  test('is looked at before it is tested, where nothing is built', async () => {
    const recipe = steps(
      '  - {title: Bring it, run: gcc -o redis-server}\n',
      '  - {level: starts, run: "true", expect: x}\n',
    )
    const answer = await looked(recipe)
    expect(shownBy(answer)).toEqual(['arm64 starts infra emulated setup'])
    expect(answer.problems).toMatchObject([{ code: 'wrong-machine' }])
  })
})

describe('a report of tests', () => {
  test.each([
    ['missing', 'true'],
    ['no report', 'echo well > results'],
    ['outside of the folder', 'ln -s /etc/os-release results'],
  ])('that is %s keeps a pass from being recorded', async (_what, commands) => {
    const verify = `  - {run: ${JSON.stringify(commands)}, report: results, expect: x}\n`
    const answer = await answerOf(machineWith(steps(built, verify)), ['--architecture', 'arm64'])
    expect(shownBy(answer)).toEqual(['arm64 builds passed cross', 'arm64 tested infra emulated setup'])
    expect(answer.problems).toMatchObject([{ code: 'bad-test-report' }])
  })

  test('in which no test ran is no pass', async () => {
    const verify = `  - {run: "echo 1..0 > results", report: results, expect: x}\n`
    const answer = await answerOf(machineWith(steps(built, verify)), ['--architecture', 'arm64'])
    expect(shownBy(answer)).toEqual(['arm64 builds passed cross', 'arm64 tested skipped emulated no-tests'])
    expect(answer.code).toBe(1)
  })
})

describe('the environment of a step', () => {
  test('is what the page about it says, and holds nothing else of this machine', async () => {
    const recipe = `environment: [{name: CFLAGS, value: -O1, meaning: x}, {name: PATH, value: /elsewhere, meaning: x}]\n${steps('  - {title: Build it, level: builds, run: env > seen; exit 1}\n')}`
    const directory = machineWith(recipe)
    const secret = { GITHUB_TOKEN: 'ghp_secret', npm_config_registry: 'https://registry.example.org/' }
    const { told } = await runBuild(directory, ['--architecture', 'arm64', '--jobs', '3', '--keep'], secret)
    const folder = keptFolderIn(told)
    onTestFinished(() => {
      removeFolder(folder)
    })
    const work = join(folder, 'arm64/work')
    const seen = Object.fromEntries(
      readFileSync(join(work, 'seen'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => line.split(/=(.*)/s, 2)),
    ) as Record<string, string>
    const { WORKS_ON_ARM_STEP: mark, SHLVL: _depth, _: _command, ...environment } = seen
    expect(mark).toMatch(/^[0-9a-f-]{36}$/)
    const libraries = join(directory, 'usr/arm64')
    expect(environment).toEqual({
      ARCHITECTURE: 'arm64',
      CC: 'aarch64-linux-gnu-gcc',
      CFLAGS: '-O1',
      CROSS_COMPILE: 'aarch64-linux-gnu-',
      DEBIAN_PORT: 'arm64',
      EMULATOR: `qemu-aarch64 -L ${libraries}`,
      GNU_TRIPLET: 'aarch64-linux-gnu',
      HOME: join(folder, 'arm64/home'),
      JOBS: '3',
      LANG: 'C.UTF-8',
      LC_ALL: 'C.UTF-8',
      PATH: join(directory, 'bin'),
      PWD: work,
      QEMU_LD_PREFIX: libraries,
      TERM: 'dumb',
      TMPDIR: join(folder, 'arm64/tmp'),
      TZ: 'UTC',
      WORK: work,
    })
  })

  test('names no emulator and no cross compiler on a machine of the architecture', async () => {
    const commands = 'test -z "$EMULATOR$CROSS_COMPILE${QEMU_LD_PREFIX-}" && test $CC = gcc && $CC -o redis-server'
    const recipe = steps(`  - title: Build it\n    level: builds\n    run: ${JSON.stringify(commands)}\n`)
    const answer = await answerOf(machineWith(recipe), ['--architecture', 'amd64'])
    expect(shownBy(answer)).toEqual(['amd64 builds passed native'])
  })
})

describe('a source package', () => {
  const recipe = (version = '8.2.1-1') =>
    steps(
      `  - {title: Fetch it, fetch: {suite: bookworm, source: redis, version: ${version}}}\n  - {title: Build it, level: builds, run: "cat redis-8.2.1/*.dsc && $CC -o redis-server"}\n`,
    )

  test('is brought by apt once for all architectures, and unpacked for each', async () => {
    const directory = machineWith(recipe())
    const answer = await answerOf(directory)
    expect(shownBy(answer)).toEqual(['amd64 builds passed native', 'arm64 builds passed cross'])
    expect(readFileSync(join(directory, 'apt/asked'), 'utf8')).toBe(
      'source --download-only --only-source redis=8.2.1-1\n',
    )
    const [log] = logsIn(directory)
    expect(log).toContain('$ apt-get source redis=8.2.1-1\nGet:1 http://[mirror]/debian bookworm/main redis')
  })

  test('that is not there is no result', async () => {
    const answer = await answerOf(machineWith(recipe('9')), ['--architecture', 'arm64'])
    expect(shownBy(answer)).toEqual(['arm64 builds infra cross setup'])
    expect(answer.told).toContain('Unable to find a source package for redis=9')
  })

  test('is not looked for where the index of the suite cannot be had', async () => {
    const directory = machineWith(recipe())
    writeFileSync(join(directory, 'apt/update'), 'E: Failed to fetch http://mirror.example.org/ no route\n')
    writeFileSync(join(directory, 'apt/update-code'), '100')
    const answer = await answerOf(directory, ['--architecture', 'arm64'])
    expect(shownBy(answer)).toEqual(['arm64 builds infra cross setup'])
    expect(answer.told).toContain('E: Failed to fetch http://[mirror]/ no route')
    expect(existsSync(join(directory, 'apt/asked'))).toBe(false)
  })
})

describe('a machine that lacks something', () => {
  const message = async (without: string[], args: string[] = [], recipe = plainRecipe, ids?: string) => {
    const { code, told } = await runBuild(machineWith(recipe, without, ids), args)
    return { code, told }
  }

  test('is told the very command that installs it, and nothing is run', async () => {
    expect(await message(['aarch64-linux-gnu-gcc', 'qemu-aarch64'], ['--architecture', 'arm64'])).toEqual({
      code: 2,
      told: `arm64 is left out: this machine lacks gcc-aarch64-linux-gnu, libc6-dev-arm64-cross, qemu-user.
Nothing is installed by itself; this installs what is missing:

  apt-get install --no-install-recommends gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user

`,
    })
    const everything = await message(
      ['gcc', 'aarch64-linux-gnu-gcc', 'qemu-aarch64', 'dpkg-source'],
      [],
      `packages: [make, missing-package]\n${steps('  - {title: Fetch it, fetch: {suite: bookworm, source: redis, version: 8.2.1-1}}\n  - {title: Build it, level: builds, run: x}\n', '  - {run: x, expect: x}\n')}`,
    )
    expect(everything.code).toBe(2)
    expect(everything.told).toContain(
      'apt-get install --no-install-recommends dpkg-dev gcc gcc-aarch64-linux-gnu libc6-dev libc6-dev-arm64-cross missing-package qemu-user\n',
    )
  })

  test('does what it can where nobody has named an architecture', async () => {
    const directory = machineWith(plainRecipe, ['qemu-aarch64'])
    const answer = await answerOf(directory)
    expect(shownBy(answer)).toEqual(['amd64 builds passed native', 'amd64 tested passed native'])
    expect(answer.told).toContain('arm64 is left out: this machine lacks qemu-user.')
    expect(answer.code).toBe(0)
  })

  test('needs no emulator for a recipe that only builds', async () => {
    const answer = await answerOf(machineWith(steps(built), ['qemu-aarch64']), ['--architecture', 'arm64'])
    expect(shownBy(answer)).toEqual(['arm64 builds passed cross'])
  })

  test('takes an emulator that is linked statically too', async () => {
    const directory = machineWith(plainRecipe, ['qemu-aarch64'])
    writeFileSync(join(directory, 'bin/qemu-aarch64-static'), '#!/bin/sh\necho "$0"\n', { mode: 0o755 })
    expect((await answerOf(directory, ['--architecture', 'arm64'])).code).toBe(0)
  })

  test('says why where there is no such compiler in Debian', async () => {
    const { code, told } = await message([], ['--architecture', 'armv6'], plainRecipe, 'armv6, arm64')
    expect({ code, told }).toEqual({
      code: 2,
      told: 'armv6 is left out: it is no Debian port, so Debian has no cross compiler for it.\n',
    })
  })
})

describe('what is written', () => {
  test('is nothing where too many cells would change at once, unless somebody says so', async () => {
    const ids = Array.from({ length: 21 }, (_, index) => `port${index}`)
    const directory = machineWith(steps(built), [], ids.join(', '))
    const columns = ids.map((id) => `${id}: {name: ${id}, debian: ${id}, gnu: aarch64-linux-gnu}\n`).join('')
    writeFileSync(join(directory, 'content/architectures.yml'), columns)
    const refused = await answerOf(directory)
    expect(refused).toMatchObject({ code: 1, read: 21, added: 0, transitions: [], problems: [{ code: 'mass-change' }] })
    expect(existsSync(join(directory, 'content/evidence'))).toBe(false)
    expect(await answerOf(directory, ['--allow-mass-change'])).toMatchObject({ code: 0, added: 21, problems: [] })
    expect(logsIn(directory)).toHaveLength(21)
  })
})

describe('a call that cannot be', () => {
  test.each([
    [['run'], 'Expected one recipe'],
    [['run', 'build', 'prose'], 'Expected one recipe'],
    [['run', 'biuld'], 'did you mean `build`?'],
    [['run', '../build'], 'There is no valid recipe `../build`'],
    [
      ['run', 'prose'],
      'is for people: it does not say what a run proves (`proves`: project, version, binaries). These can be run: `build`.',
    ],
    [['run', 'build', '--architecture', 's390x'], 'expected one that the recipe is for: `amd64`, `arm64`.'],
    [['run', 'build', '--architecture', 'arm'], 'Unexpected architecture `arm`'],
    [['run', 'build', '--as-of', 'today'], 'Unexpected clock `today`'],
    [['run', 'build', '--fast'], "Unknown option '--fast'; `run --help` lists those that it has.\n"],
  ])('is refused with what to do: %o', async (args, words) => {
    const directory = machineWith(plainRecipe)
    const environment = { PATH: join(directory, 'bin') }
    const { code, told, answer } = await run([...args, '--content', 'content'], { directory, environment })
    expect({ code, answer }).toEqual({ code: 2, answer: '' })
    expect(told).toContain(words)
  })

  test('keeps logs in no folder that is a link', async () => {
    const directory = machineWith(plainRecipe)
    mkdirSync(join(directory, 'elsewhere'))
    mkdirSync(join(directory, 'content/evidence'))
    symlinkSync(join(directory, 'elsewhere'), join(directory, 'content/evidence/logs'))
    const { code } = await runBuild(directory, ['--architecture', 'amd64'])
    expect(code).toBe(2)
    expect(readdirSync(join(directory, 'elsewhere'))).toEqual([])
    expect(recordsIn(directory)).toEqual([])
  })
})

describe('an interrupted run', () => {
  const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s has a result: what passed, and what was cancelled',
    async (signal) => {
      const directory = machineWith(
        steps(built, '  - {run: "echo $$ > ../../../seen-by-test; cat /dev/zero | sleep 1000", expect: x}\n'),
      )
      const recipe = readFileSync(join(directory, 'content/recipes/build.md'), 'utf8')
      const seen = join(directory, 'seen')
      writeFileSync(join(directory, 'content/recipes/build.md'), recipe.replace('../../../seen-by-test', seen))
      const args = [
        main,
        'run',
        'build',
        '--content',
        'content',
        '--json',
        '--architecture',
        'arm64',
        '--architecture',
        'amd64',
      ]
      const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
        cwd: directory,
        env: { PATH: join(directory, 'bin'), TMPDIR: join(directory, 'tmp') },
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      let answer = ''
      child.stdout.on('data', (chunk: Buffer) => {
        answer += chunk.toString()
      })
      const exited = new Promise<number | null>((resolve) => child.once('close', resolve))
      while (!existsSync(seen) && child.exitCode === null) await pause(50)
      // Somebody who does not want to wait asks again and again.
      while (!existsSync(join(directory, 'content/evidence/redis.jsonl')) && child.exitCode === null) {
        child.kill(signal)
        await pause(20)
      }
      expect(await exited).toBe(1)
      const { runs } = JSON.parse(answer) as { runs: { results: { level: string; outcome: string }[] }[] }
      expect(runs.flatMap(({ results }) => results.map(({ level, outcome }) => `${level} ${outcome}`))).toEqual([
        'builds passed',
        'tested cancelled',
      ])
      expect(recordsIn(directory)).toHaveLength(2)
      expect((await check(directory)).code).toBe(0)
      expect(readdirSync(join(directory, 'tmp')).filter((name) => name.startsWith('works-on-arm-run-'))).toEqual([])
    },
  )
})
