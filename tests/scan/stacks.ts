/** Stacks to test with: texts and real files, and an index that the product's own view has made. */
import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import type { Component } from '#scan/component.ts'
import { judge } from '#scan/judge.ts'
import { addFile, emptyStack, type Stack } from '#scan/read-stack.ts'
import type { Report } from '#scan/report.ts'
import { StackIndex } from '#scan/stack-index.ts'
import { asOf, catalogOf, projectFile } from '#tests/builders.ts'
import { viewStackIndex } from '#views/stack-index.ts'

const folder = new URL('../fixtures/stacks/', import.meta.url)

/** Reads texts as if they were files of these names. */
export async function stackOf(files: Record<string, string | Uint8Array>, limit?: number): Promise<Stack> {
  const stack = emptyStack()
  for (const [name, content] of Object.entries(files)) {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
    await addFile(stack, { name, bytes }, limit)
  }
  return stack
}

/** Reads a real file: its path below `tests/fixtures/stacks`. */
export async function realStack(path: string): Promise<Stack> {
  return stackOf({ [path.split('/').at(-1) ?? path]: readFileSync(new URL(path, folder)) })
}

/** `pkg:npm/esbuild@0.28.2` of each component, or its name where nothing identifies it. */
export function purlsOf({ components }: Stack): string[] {
  return components.map(({ purl, name }) => (purl ? textOf(purl) : name))
}

export function componentNamed({ components }: Stack, name: string): Component {
  const found = components.find((component) => component.name === name)
  expect(found, `${name} among ${components.map((component) => component.name).join(', ')}`).toBeDefined()
  // Expected just now.
  return found as Component
}

/** An index of projects: of each its identifiers, and what is claimed of it on arm64. */
export function indexOf(
  projects: Record<string, { identifiers: string[]; support?: string; date?: string; repository?: string }>,
): StackIndex {
  const files = Object.entries(projects).map(([id, { identifiers, support, date = '2026-05-12', repository }]) => {
    const claim = `{architectures: [arm64], support: ${support ?? ''}, date: ${date}, link: https://example.org/, note: What is known.}`
    const text = projectFile({
      name: id,
      identifiers: `[${identifiers.map((identifier) => `"${identifier}"`).join(', ')}]`,
      claims: support === undefined ? undefined : `[${claim}]`,
      repository,
    })
    return [`projects/${id}.md`, text]
  })
  const { catalog, problems } = catalogOf({
    'categories.yml': 'databases: {name: Databases}\n',
    'architectures.yml': architecturesFile,
    ...(Object.fromEntries(files) as Record<string, string>),
  })
  expect(problems).toEqual([])
  return new StackIndex(viewStackIndex({ catalog, asOf }))
}

const architecturesFile = `amd64:
  name: x86 64-bit
  control: true
  aliases: [x86_64, x64]
  oci: linux/amd64
  node: x64
  wheel: x86_64
arm64:
  name: Arm 64-bit
  aliases: [aarch64, arm64v8, arm64/v8]
  oci: linux/arm64
  node: arm64
  wheel: aarch64
armv7:
  name: ARMv7
  aliases: [arm/v7]
  ambiguous: {arm: OCI images}
  oci: linux/arm/v7
  node: arm
  wheel: armv7l
armv6:
  name: ARMv6
  ambiguous: {arm: Go with GOARM=6}
  oci: linux/arm/v6
  node: arm
  wheel: linux_armv6l
`

/** The report of some files on arm64, or on another architecture. */
export async function reportOf(
  files: Record<string, string>,
  index: StackIndex,
  architecture = 'arm64',
): Promise<Report> {
  return judge(await stackOf(files), index, architecture)
}

function textOf({ type, namespace, name, version }: NonNullable<Component['purl']>): string {
  return `pkg:${[type, namespace, name].filter(Boolean).join('/')}${version === undefined ? '' : `@${version}`}`
}
