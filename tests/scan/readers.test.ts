/** What each format says that a real file of the fixtures does not happen to say. */
import { describe, expect, test } from 'vitest'
import { componentNamed, purlsOf, stackOf } from './stacks.ts'

const read = async (name: string, text: string) => stackOf({ [name]: text })
const lock = (packages: unknown) => JSON.stringify({ lockfileVersion: 3, packages })

describe('a package-lock.json', () => {
  test('names a package by its own name where it is installed under another', async () => {
    const stack = await read('package-lock.json', lock({ 'node_modules/x': { name: 'real', version: '1.0.0' } }))
    expect(purlsOf(stack)).toEqual(['pkg:npm/real@1.0.0'])
  })

  test('leaves out the project, its workspaces and links', async () => {
    const stack = await read(
      'package-lock.json',
      lock({
        '': { name: 'mine' },
        'packages/a': { name: 'a', version: '1.0.0' },
        'node_modules/a': { link: true, resolved: 'packages/a' },
        'packages/a/node_modules/b': { version: '2.0.0' },
      }),
    )
    expect(purlsOf(stack)).toEqual(['pkg:npm/b@2.0.0'])
  })

  test('says what a package is built for, what it is a build of, and what runs at its installation', async () => {
    const stack = await read(
      'package-lock.json',
      lock({
        'node_modules/tool': {
          version: '1.0.0',
          hasInstallScript: true,
          optionalDependencies: { '@tool/a': '1', fsevents: '2' },
        },
        'node_modules/@tool/a': { version: '1.0.0', os: ['linux'], cpu: ['arm64', '!x64'], dev: true },
        'node_modules/fsevents': { version: '2.0.0', os: ['darwin'], optional: true },
      }),
    )
    expect(componentNamed(stack, 'tool').signs).toEqual({ hasInstallScript: true })
    expect(componentNamed(stack, '@tool/a')).toMatchObject({
      scope: 'development',
      signs: { buildOf: 'tool', builds: [{ ecosystem: 'node', system: 'linux', machine: 'arm64', label: '@tool/a' }] },
    })
    // It is for a system, not for a processor: no build of something else.
    expect(componentNamed(stack, 'fsevents').signs).toEqual({
      builds: [{ ecosystem: 'node', system: 'darwin', machine: '', label: 'fsevents' }],
    })
  })

  test('of version 1 nests, and knows aliases and repositories', async () => {
    const dependencies = {
      a: { version: '1.0.0', dependencies: { b: { version: '2.0.0', dev: true } } },
      alias: { version: 'npm:@real/name@3.0.0' },
      git: { version: 'git+ssh://git@github.com/x/y.git#abc' },
    }
    const stack = await read('package-lock.json', JSON.stringify({ lockfileVersion: 1, dependencies }))
    expect(purlsOf(stack).sort()).toEqual([
      'pkg:npm/@real/name@3.0.0',
      'pkg:npm/a@1.0.0',
      'pkg:npm/b@2.0.0',
      'pkg:npm/git',
    ])
  })
})

describe('a pnpm-lock.yaml', () => {
  test('of version 6 has its names behind a slash, and peers in brackets', async () => {
    const stack = await read(
      'pnpm-lock.yaml',
      `lockfileVersion: '6.0'
packages:
  /@scope/name@1.0.0(peer@2.0.0):
    dev: true
    requiresBuild: true
  /@tool/linux@1.0.0:
    cpu: [x64]
    os: [linux]
  /tool@1.0.0:
    optionalDependencies:
      '@tool/linux': 1.0.0
`,
    )
    expect(componentNamed(stack, '@scope/name')).toMatchObject({
      version: '1.0.0',
      line: 3,
      scope: 'development',
      signs: { hasInstallScript: true },
    })
    expect(componentNamed(stack, '@tool/linux').signs?.buildOf).toBe('tool')
  })

  test('leaves out what is from a folder, and names what is from a repository', async () => {
    const stack = await read(
      'pnpm-lock.yaml',
      `lockfileVersion: '9.0'
packages:
  'mine@file:../mine':
    resolution: {directory: ../mine, type: directory}
  'theirs@https://codeload.github.com/x/theirs/tar.gz/abc':
    resolution: {tarball: https://codeload.github.com/x/theirs/tar.gz/abc}
    version: 1.2.3
`,
    )
    expect(purlsOf(stack)).toEqual(['pkg:npm/theirs@1.2.3'])
  })
})

describe('a yarn.lock', () => {
  test('of Yarn 4 leaves out workspaces, and keeps what is patched', async () => {
    const stack = await read(
      'yarn.lock',
      `__metadata:
  version: 8

"mine@workspace:.":
  version: 0.0.0-use.local
  resolution: "mine@workspace:."

"patched@patch:patched@npm%3A1.0.0#~/x.patch":
  version: 1.0.0
  resolution: "patched@patch:patched@npm%3A1.0.0#~/x.patch::version=1.0.0&hash=abc"

"alias@npm:@real/name@^2.0.0":
  version: 2.1.0
  resolution: "@real/name@npm:2.1.0"
`,
    )
    expect(purlsOf(stack)).toEqual(['pkg:npm/patched@1.0.0', 'pkg:npm/@real/name@2.1.0'])
  })

  test('of Yarn 4 sets a long head apart', async () => {
    const ranges = Array.from({ length: 100 }, (_, at) => `a@npm:^1.0.${at}`).join(', ')
    const text = `__metadata:\n  version: 8\n\n? "${ranges}"\n:\n  version: 1.9.0\n  resolution: "a@npm:1.9.0"\n`
    const stack = await read('yarn.lock', text)
    expect(purlsOf(stack)).toEqual(['pkg:npm/a@1.9.0'])
    expect(stack.problems).toEqual([])
  })

  test('of Yarn 1 has several ranges for one version', async () => {
    const stack = await read('yarn.lock', '# yarn lockfile v1\n\n"@a/b@^1.0.0", "@a/b@^1.1.0":\n  version "1.2.0"\n')
    expect(purlsOf(stack)).toEqual(['pkg:npm/@a/b@1.2.0'])
  })
})

describe('a requirements.txt', () => {
  test.each([
    ['requests==2.32.0', ['pkg:pypi/requests@2.32.0']],
    ['Requests[security,socks] == 2.32.0 ; python_version < "3.9"', ['pkg:pypi/requests@2.32.0']],
    ['requests>=2,<3', ['pkg:pypi/requests']],
    ['requests==2.*', ['pkg:pypi/requests']],
    ['requests (==2.32.0)', ['pkg:pypi/requests@2.32.0']],
    ['requests  # why', ['pkg:pypi/requests']],
    ['requests @ https://example.org/requests-2.32.0-py3-none-any.whl', ['pkg:pypi/requests']],
    ['git+https://example.org/x.git@main#egg=pkg_name', ['pkg:pypi/pkg-name']],
    ['https://example.org/x.whl', []],
    ['-e .', []],
    ['-r other.txt', []],
    ['--index-url https://example.org/simple', []],
    ['./local', []],
    ['# requests', []],
  ])('says of %j: %j', async (line, purls) => {
    const stack = await read('requirements.txt', `${line}\n`)
    expect(purlsOf(stack)).toEqual(purls)
    expect(stack.problems).toEqual([])
  })

  test.each([
    'flask\nrequests==2.31\n',
    '# ours\nflask[async] >= 2, <3 ; python_version < "3.9"\nnumpy  # why\n-r more.txt\n',
    'numpy\nmine @ https://example.org/mine-1.0.tar.gz\n',
  ])('is known without its name: %j', async (text) => {
    const { files } = await read('', text)
    expect(files).toMatchObject([{ format: 'pip requirements' }])
  })

  test.each([
    ['flask\nnumpy\n', 'save it as `requirements.txt`'],
    ['curl\nnginx >= is better\n', 'under the name that it gave it, such as `package-lock.json`'],
    ['a > b\nc < d\n', 'under the name that it gave it'],
  ])('is not guessed at in %j, and the advice helps', async (text, fix) => {
    const { problems } = await read('', text)
    expect(problems).toMatchObject([{ code: 'unrecognised-stack', fix: expect.stringContaining(fix) as string }])
  })

  test('has a problem where a line is no requirement', async () => {
    const { problems } = await read('requirements.txt', 'requests\n<<<<<<< HEAD\n')
    expect(problems).toMatchObject([{ code: 'bad-component', place: { line: 2 } }])
  })

  test('may be in UTF-16, as PowerShell writes it', async () => {
    const text = 'requests==2.32.0\r\n'
    const bytes = new Uint8Array(2 + text.length * 2)
    bytes.set([0xff, 0xfe])
    for (const [index, character] of [...text].entries()) bytes[2 + index * 2] = character.charCodeAt(0)
    expect(purlsOf(await stackOf({ 'requirements.txt': bytes }))).toEqual(['pkg:pypi/requests@2.32.0'])
  })
})

test.each([
  ['package.json', '{"name": "x", "dependencies": {"sharp": "^0.34.0"}}', 'package-lock.json'],
  ['', '{"name": "x", "devDependencies": {"sharp": "^0.34.0"}}', 'package-lock.json'],
  ['app/pyproject.toml', '[project]\nname = "x"\n', 'uv.lock'],
  ['Cargo.toml', '[package]\nname = "x"\n', 'Cargo.lock'],
  ['pom.xml', '<?xml version="1.0"?><project/>', 'bom.json'],
])('%s says what is wanted, and is told which file says what was chosen', async (name, text, chosen) => {
  const { problems } = await read(name, text)
  expect(problems).toMatchObject([
    {
      code: 'unrecognised-stack',
      reason: expect.stringContaining('says what is wanted') as string,
      fix: expect.stringContaining(chosen) as string,
    },
  ])
})

describe('a file whose lines end', () => {
  const texts: [name: string, text: string][] = [
    ['requirements.txt', 'numpy==1.0\nredis==4.0 \\\n  # why\npandas>=2\n'],
    ['installed.txt', 'ii  libc6:amd64  2.36-9  amd64  GNU C Library\nhi  held  1.0  all  Held\n'],
    ['queried.txt', 'libc6:arm64\t2.36-9\nlibssl3\t3.0\tarm64\topenssl (3.0-1)\n'],
    ['go.mod', 'module example.org/x\n\ngo 1.22\n\nrequire (\n\tgithub.com/a/b v1.0.0\n\tgithub.com/a/c v1.0.0\n)\n'],
    ['go.sum', 'github.com/a/b v1.0.0 h1:abc=\ngithub.com/a/c v1.0.0 h1:abc=\n'],
    ['yarn.lock', '# yarn lockfile v1\n\na@^1.0.0:\n  version "1.2.0"\n\nb@^1.0.0:\n  version "1.3.0"\n'],
    [
      'a.spdx',
      'SPDXVersion: SPDX-2.3\nPackageName: a\nExternalRef: PACKAGE-MANAGER purl pkg:npm/a@1\nPackageName: b\n',
    ],
    ['Dockerfile', 'ARG TAG=1\nFROM nginx:$TAG\nRUN apt-get install -y \\\n  curl\nFROM redis\n'],
    ['compose.yaml', 'services:\n  web:\n    image: nginx\n  cache:\n    image: redis:7\n'],
    ['pnpm-lock.yaml', "lockfileVersion: '9.0'\npackages:\n  a@1.0.0:\n    os: [linux]\n  b@1.0.0: {}\n"],
    [
      'Cargo.lock',
      '[[package]]\nname = "a"\nsource = "registry+x"\n\n[[package]]\nname = "b"\nsource = "registry+x"\n',
    ],
    ['package-lock.json', '{"lockfileVersion": 3,\n"packages": {\n"node_modules/a": {},\n"node_modules/b": {}}}\n'],
    [
      'bom.xml',
      '<bom><components>\n<component><name>a</name></component>\n<component><name>b</name></component>\n</components></bom>\n',
    ],
  ]

  test.each([
    ['as on Windows', '\r\n'],
    ['as on old Macs', '\r'],
  ])('%s says the same, on the same lines', async (_, end) => {
    for (const [name, text] of texts) {
      const stack = await read(name, text)
      expect(stack.components.length, name).toBeGreaterThan(1)
      expect.soft(await read(name, text.replaceAll('\n', end)), name).toEqual(stack)
      // Where only the content tells what it is, too.
      expect.soft((await read('', text.replaceAll('\n', end))).files, name).toEqual((await read('', text)).files)
    }
  })
})

describe('a lockfile of Python', () => {
  const uv = (wheels: string[], sdist = true) => `version = 1
requires-python = ">=3.12"

[[package]]
name = "it"
version = "1.0"
source = { registry = "https://pypi.org/simple" }
${sdist ? 'sdist = { url = "https://example.org/it-1.0.tar.gz" }' : ''}
wheels = [${wheels.map((name) => `{ url = "https://example.org/${name}" }`).join(', ')}]

[[package]]
name = "mine"
version = "0.1.0"
source = { editable = "." }
`

  test('says for which machines a wheel is', async () => {
    const stack = await read(
      'uv.lock',
      uv(['it-1.0-cp312-cp312-musllinux_1_2_aarch64.whl', 'it-1.0-cp312-cp312-win_amd64.whl']),
    )
    expect(purlsOf(stack)).toEqual(['pkg:pypi/it@1.0'])
    expect(stack.components[0]?.signs).toEqual({
      hasSource: true,
      builds: [
        {
          ecosystem: 'wheel',
          system: 'linux',
          machine: 'aarch64',
          label: 'it-1.0-cp312-cp312-musllinux_1_2_aarch64.whl',
        },
        { ecosystem: 'wheel', system: 'win', machine: 'amd64', label: 'it-1.0-cp312-cp312-win_amd64.whl' },
      ],
    })
  })

  test('says that a wheel is for every machine', async () => {
    const stack = await read('uv.lock', uv(['it-1.0-py3-none-any.whl', 'it-1.0-cp312-cp312-manylinux_2_17_x86_64.whl']))
    expect(stack.components[0]?.signs).toEqual({ isIndependent: true, hasSource: true })
  })

  test('of Poetry leaves out folders, and knows what is for development', async () => {
    const stack = await read(
      'poetry.lock',
      `# This file is automatically @generated by Poetry 2.0.1 and should not be changed by hand.
[[package]]
name = "tool"
version = "1.0"
groups = ["dev", "docs"]
files = []

[[package]]
name = "mine"
version = "1.0"
files = []
[package.source]
type = "directory"
url = "../mine"
`,
    )
    expect(stack.components).toMatchObject([{ name: 'tool', scope: 'development' }])
  })

  test('of Pipenv leaves out repositories', async () => {
    const text = JSON.stringify({
      _meta: {},
      default: { a: { version: '==1.0' }, b: { git: 'https://example.org/b' } },
      develop: { c: {} },
    })
    const stack = await read('Pipfile.lock', text)
    expect(purlsOf(stack)).toEqual(['pkg:pypi/a@1.0', 'pkg:pypi/c'])
    expect(componentNamed(stack, 'c').scope).toBe('development')
  })
})

describe('a go.mod', () => {
  const mod = `module example.org/mine // mine

go 1.22.0
toolchain go1.22.4

require github.com/a/one v1.0.0
require (
	"github.com/a/two" v2.0.0+incompatible
	github.com/a/three v0.0.0-20240101000000-abcdefabcdef // indirect
	github.com/a/four v1.0.0
)
replace github.com/a/one => github.com/b/one v1.1.0
replace (
	github.com/a/four v1.0.0 => ../four
)
exclude github.com/a/five v1.0.0
`

  test('names what is required, as it is replaced, and the toolchain', async () => {
    const stack = await read('go.mod', mod)
    expect(purlsOf(stack)).toEqual([
      'pkg:golang/stdlib@1.22.4',
      'pkg:golang/github.com/b/one@v1.1.0',
      'pkg:golang/github.com/a/two@v2.0.0+incompatible',
      'pkg:golang/github.com/a/three@v0.0.0-20240101000000-abcdefabcdef',
    ])
    expect(componentNamed(stack, 'github.com/a/three').scope).toBe('indirect')
  })
})

test('a go.sum names what was built once, and not what was only looked at', async () => {
  const stack = await read(
    'go.sum',
    'github.com/a/b v1.0.0 h1:abc=\ngithub.com/a/b v1.0.0/go.mod h1:def=\ngithub.com/a/c v1.0.0/go.mod h1:ghi=\nwhat is this\n',
  )
  expect(purlsOf(stack)).toEqual(['pkg:golang/github.com/a/b@v1.0.0'])
  expect(stack.problems).toMatchObject([{ code: 'bad-component', place: { line: 4 } }])
})

test('a Cargo.lock names crates with a source, and which bind to native code', async () => {
  const stack = await read(
    'Cargo.lock',
    `version = 4

[[package]]
name = "mine"
version = "0.1.0"

[[package]]
name = "openssl-sys"
version = "0.9.0"
source = "registry+https://github.com/rust-lang/crates.io-index"

[[package]]
name = "theirs"
version = "1.0.0"
source = "git+https://github.com/x/theirs#abc"
`,
  )
  expect(purlsOf(stack)).toEqual(['pkg:cargo/openssl-sys@0.9.0', 'pkg:cargo/theirs@1.0.0'])
  expect(stack.components.map(({ line, signs }) => [line, signs])).toEqual([
    [7, { bindsNative: true }],
    [12, undefined],
  ])
})

describe('the status of dpkg', () => {
  const status = `Package: zlib1g
Status: install ok installed
Architecture: amd64
Multi-Arch: same
Source: zlib (1:1.2.13)
Version: 1:1.2.13.dfsg-1
Description: compression library
 Source: not this one

Package: libssl3
Status: install ok installed
Architecture: amd64
Source: openssl
Version: 3.0.11-1

Package: gone
Status: deinstall ok config-files
Version: 1

Package: zlib
Status: install ok installed
Version: 1
`

  test('tells the source of each package that is installed', async () => {
    const stack = await read('status', status)
    expect(stack.files).toMatchObject([{ format: 'dpkg list' }])
    expect(stack.components.map(({ name, version, purl }) => [name, version, purl?.qualifiers?.upstream])).toEqual([
      ['zlib1g', '1:1.2.13.dfsg-1', 'zlib'],
      ['libssl3', '3.0.11-1', 'openssl'],
      ['zlib', '1', undefined],
    ])
    expect(stack.components.map(({ line }) => line)).toEqual([1, 10, 20])
  })
})

describe('a Dockerfile', () => {
  const images = async (text: string) =>
    (await read('Dockerfile', text)).components.map(({ name, version, signs }) => [name, version, signs?.pinnedTo])

  test.each<[string, (string | undefined)[][]]>([
    ['FROM nginx', [['nginx', undefined, undefined]]],
    ['FROM quay.io/prometheus/busybox:latest AS base', [['prometheus/busybox', 'latest', undefined]]],
    ['ARG TAG=1.22\nARG IMAGE=golang:${TAG}-alpine\nFROM $IMAGE', [['golang', '1.22-alpine', undefined]]],
    ['ARG TAG\nFROM golang:${TAG:-1.22}', [['golang', '1.22', undefined]]],
    ['ARG TAG\nFROM golang:${TAG}-alpine', [['golang', undefined, undefined]]],
    ['ARG BASE\nFROM $BASE', [['$BASE', undefined, undefined]]],
    ['FROM --platform=linux/amd64 debian:12', [['debian', '12', 'linux/amd64']]],
    ['FROM --platform=$BUILDPLATFORM golang:1', [['golang', '1', undefined]]],
    ['FROM arm64v8/debian', [['arm64v8/debian', undefined, 'linux/arm64']]],
    [
      'FROM golang AS Build\nFROM scratch\nCOPY --from=build /a /b\nCOPY --from=0 /a /b',
      [['golang', undefined, undefined]],
    ],
    [
      'FROM a/b\nCOPY --from=ghcr.io/astral-sh/uv:0.5 /uv /bin/',
      [
        ['a/b', undefined, undefined],
        ['astral-sh/uv', '0.5', undefined],
      ],
    ],
    ['FROM a AS one\nFROM one', [['a', undefined, undefined]]],
    ['# comment\nFROM \\\n  nginx:1 \\\n  AS x', [['nginx', '1', undefined]]],
    ['from nginx', [['nginx', undefined, undefined]]],
  ])('asks by %j for %j', async (text, found) => {
    expect(await images(text)).toEqual(found)
  })

  test.each<[string, string[]]>([
    [
      'apt-get update && apt-get install -y --no-install-recommends curl=7.88.1-10 libssl3:amd64',
      ['pkg:deb/debian/curl@7.88.1-10', 'pkg:deb/debian/libssl3'],
    ],
    ['apt-get -qq install -t bookworm-backports nginx; rm -rf /x', ['pkg:deb/debian/nginx']],
    ['apt install "$PACKAGES" git/stable', ['pkg:deb/debian/git']],
    ['apk add --no-cache -t .build-deps gcc~12 musl-dev', ['pkg:apk/alpine/gcc@12', 'pkg:apk/alpine/musl-dev']],
    ['apk add --virtual .deps make', ['pkg:apk/alpine/make']],
    ['apt-get remove curl && echo install me', []],
    ['pip install numpy', []],
    ['apt-get -o Acquire::Retries=3 install -y curl', ['pkg:deb/debian/curl']],
    ['apt-get install -y \\\n  # why\n\n  curl \\\n  git', ['pkg:deb/debian/curl', 'pkg:deb/debian/git']],
    ['(apt-get update; /usr/bin/apt-get install "curl") > /dev/null 2>&1', ['pkg:deb/debian/curl']],
    ['apt-get install nginx=$VERSION curl=8.*', ['pkg:deb/debian/nginx', 'pkg:deb/debian/curl']],
    ['apt-get install $(grep -v old packages.txt) curl', ['pkg:deb/debian/curl']],
    ['["apt-get", "install", "-y", "curl"]', ['pkg:deb/debian/curl']],
    ['["/bin/sh", "-c", "apt-get install -y curl"]', ['pkg:deb/debian/curl']],
    ["bash -c 'apt-get install -y curl'", ['pkg:deb/debian/curl']],
    ['<<EOF\napt-get update\napt-get install -y curl\nEOF', ['pkg:deb/debian/curl']],
  ])('installs by `%s`: %j', async (command, purls) => {
    expect(purlsOf(await read('Dockerfile', `FROM debian\nRUN ${command}\n`)).slice(1)).toEqual(purls)
  })

  test('has one warning for the lines that install what is not read', async () => {
    const lines = ['FROM debian', 'RUN pip install numpy', 'RUN apt-get install -y curl', 'RUN make', 'RUN npm ci', '']
    const stack = await read('Dockerfile', lines.join('\n'))
    expect(stack.files).toMatchObject([{ format: 'Dockerfile', components: 2 }])
    expect(stack.problems).toMatchObject([
      {
        code: 'unread-installation',
        severity: 'warning',
        place: { line: 2 },
        reason:
          'Unexpected way to install, `pip install numpy`, expected names of packages behind `apt install` or `apk add`; anything else is left out. So it is in line 5.',
      },
    ])
  })

  test.each([
    'RUN python3 -m pip install --no-cache-dir -r requirements.txt',
    'RUN apt-get update && apt-get install -y curl $MORE',
    'RUN xargs apt-get install -y < packages.txt',
    'RUN apt-get install -y ./local.deb',
    'RUN apt-get build-dep -y nginx',
    'RUN ["dnf", "install", "-y", "httpd"]',
    'RUN yarn --frozen-lockfile',
    'RUN go mod download',
    'RUN curl -fsSL https://example.org/install.sh | sh',
    'RUN cd /tmp && git clone https://example.org/x.git',
    'ADD https://example.org/x.tar.gz /opt/',
  ])('says that it does not read all of `%s`', async (line) => {
    const { problems } = await read('Dockerfile', `FROM debian\n${line}\n`)
    expect(problems).toMatchObject([{ code: 'unread-installation', place: { line: 2 } }])
  })

  test.each([
    'RUN apt-get update && apt-get install -y curl wget git && rm -rf /var/lib/apt/lists/* /root/.npm',
    'RUN apk add --no-cache curl > /dev/null 2>&1',
    'RUN npm run build && go build ./...',
    'RUN apt-get remove -y curl',
    'RUN [ -f x ] && make',
    'ADD site /var/www',
  ])('has nothing to say of `%s`', async (line) => {
    expect((await read('Dockerfile', `FROM debian\n${line}\n`)).problems).toEqual([])
  })

  test('is recognised by what is in it', async () => {
    const { files } = await read('build.txt', '# syntax=docker/dockerfile:1\nARG X=1\nFROM nginx\nRUN true\n')
    expect(files[0]?.format).toBe('Dockerfile')
  })
})

describe('a Compose file', () => {
  test('takes over what it merges, fills in defaults, and knows the platform', async () => {
    const stack = await read(
      'compose.yaml',
      `x-base: &base
  image: redis:7
  platform: linux/amd64
services:
  cache:
    <<: *base
  web:
    image: "\${REGISTRY:-docker.io}/library/nginx:\${TAG}"
  built: { build: . }
  flow: {image: busybox}
`,
    )
    expect(stack.components.map(({ name, version, line, signs }) => [name, version, line, signs?.pinnedTo])).toEqual([
      ['redis', '7', 5, 'linux/amd64'],
      ['nginx', undefined, 8, undefined],
      ['busybox', undefined, 10, undefined],
    ])
  })
})

describe('the list of dpkg', () => {
  test('leaves out what is removed', async () => {
    const stack = await read(
      'installed.txt',
      'ii  libc6:amd64  2.36-9  amd64  GNU C Library\nrc  gone  1.0  amd64  Gone\nhi  held  1.0  all  Held\n',
    )
    expect(purlsOf(stack)).toEqual(['pkg:deb/debian/libc6@2.36-9', 'pkg:deb/debian/held@1.0'])
    expect(componentNamed(stack, 'held').signs).toEqual({ isIndependent: true })
  })

  test('of Ubuntu says so by its versions', async () => {
    expect(purlsOf(await read('x', 'ii  nginx  1.24.0-2ubuntu7  arm64  server\n'))).toEqual([
      'pkg:deb/ubuntu/nginx@1.24.0-2ubuntu7',
    ])
  })

  test('of dpkg-query may have two columns, or the source too', async () => {
    const stack = await read('x', 'libc6:arm64\t2.36-9\nlibssl3\t3.0\tarm64\topenssl (3.0-1)\nabsent\t\n')
    expect(stack.components.map(({ purl }) => [purl?.name, purl?.qualifiers])).toEqual([
      ['libc6', { arch: 'arm64' }],
      ['libssl3', { arch: 'arm64', upstream: 'openssl' }],
    ])
  })
})

describe('an SBOM', () => {
  const bom = (components: unknown, more = {}) =>
    JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components, ...more })

  test('names components inside of others, and its subject', async () => {
    const stack = await read(
      'bom.json',
      bom(
        [
          { name: 'a', purl: 'pkg:npm/a@1', components: [{ name: 'b', purl: 'pkg:npm/b@2' }] },
          { name: 'c', purl: 'pkg:npm/c@3' },
        ],
        {
          metadata: {
            component: {
              type: 'container',
              name: 'image',
              purl: 'pkg:oci/image@sha256:ab?repository_url=ghcr.io/x/image&arch=amd64',
            },
          },
        },
      ),
    )
    expect(purlsOf(stack)).toEqual(['pkg:oci/image@sha256:ab', 'pkg:npm/a@1', 'pkg:npm/b@2', 'pkg:npm/c@3'])
    expect(stack.components[0]?.signs).toEqual({ isImage: true })
  })

  test('may name a component without identifying it, or identify it by something else', async () => {
    const stack = await read(
      'bom.json',
      bom([
        { group: 'org', name: 'thing', version: '1' },
        { name: 'x', purl: 'not a purl' },
        { type: 'file', name: '/etc/passwd' },
      ]),
    )
    expect(stack.components.map(({ name, version, purl }) => [name, version, purl])).toEqual([
      ['org/thing', '1', undefined],
      ['x', undefined, undefined],
    ])
    expect(stack.problems).toMatchObject([{ code: 'bad-component', severity: 'warning', actual: 'not a purl' }])
  })

  test('as XML leaves out its tools, and what a component was made from', async () => {
    const text = `<?xml version="1.0"?>
<c:bom xmlns:c="http://cyclonedx.org/schema/bom/1.5"><c:metadata><c:tools><c:components><c:component type="application"><c:name>tool</c:name></c:component></c:components></c:tools></c:metadata>
<c:components><c:component type="library"><c:name>a</c:name><c:purl><![CDATA[pkg:npm/a@1]]></c:purl>
<c:pedigree><c:ancestors><c:component type="library"><c:name>ancestor</c:name></c:component></c:ancestors></c:pedigree>
<c:components><c:component type="library"><c:name>b &amp; c</c:name></c:component></c:components></c:component></c:components></c:bom>`
    const stack = await read('bom.xml', text)
    expect(stack.components.map(({ name, line }) => [name, line])).toEqual([
      ['b & c', 5],
      ['a', 3],
    ])
  })

  test('of SPDX identifies packages by a reference, in each of its versions', async () => {
    const two = JSON.stringify({
      spdxVersion: 'SPDX-2.3',
      packages: [
        {
          name: 'a',
          versionInfo: '1',
          externalRefs: [
            { referenceType: 'cpe23Type', referenceLocator: 'cpe:2.3:a:x' },
            { referenceType: 'purl', referenceLocator: 'pkg:npm/a@1' },
          ],
        },
      ],
    })
    const three = JSON.stringify({
      '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld',
      '@graph': [
        { type: 'software_Package', name: 'a', software_packageUrl: 'pkg:npm/a@1' },
        {
          type: 'software_Package',
          name: 'b',
          externalIdentifier: [{ externalIdentifierType: 'packageUrl', identifier: 'pkg:npm/b@2' }],
        },
        { type: 'Person', name: 'nobody' },
      ],
    })
    const tags = `SPDXVersion: SPDX-2.3
PackageName: a
PackageVersion: 1
PackageComment: <text>first line
PackageName: not a package
</text>
ExternalRef: PACKAGE-MANAGER purl pkg:npm/a@1
`
    expect(purlsOf(await read('a.spdx.json', two))).toEqual(['pkg:npm/a@1'])
    expect(purlsOf(await read('b.spdx.json', three))).toEqual(['pkg:npm/a@1', 'pkg:npm/b@2'])
    expect(purlsOf(await read('c.spdx', tags))).toEqual(['pkg:npm/a@1'])
  })
})
