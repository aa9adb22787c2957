/** Sides that build nothing but the little that the benchmark looks at, at once. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { peerFormat } from '../../scripts/bench/content-formats.ts'
import { architectures, type Facts } from '../../scripts/bench/facts.ts'
import { readPeerContent } from '../../scripts/bench/read-back.ts'
import type { Command, Cost } from '../../scripts/bench/run-measured.ts'
import type { Side, SideName } from '../../scripts/bench/sides.ts'

export function fakeSide(name: SideName, folder: string): Side {
  const style = join(folder, 'style.css')
  mkdirSync(join(folder, 'cache'), { recursive: true })
  writeFileSync(style, ':root { --accent: #0b5c8a; }\n')
  return {
    name,
    version: '1.0',
    format: peerFormat,
    content: join(folder, 'content'),
    output: join(folder, 'output'),
    caches: [join(folder, 'cache')],
    style: { file: style, colour: '--accent: #0b5c8a' },
    build: { program: name, args: [folder], directory: folder, environment: {} },
    readContent: readPeerContent,
  }
}

/** Builds what the content says, keeps a cache, and costs what it is told to. */
export function fakeRun(
  sides: readonly Side[],
  costOf: (side: Side) => Cost,
  spoil: (side: Side) => void = () => undefined,
) {
  const order: string[] = []
  const run = ({ program }: Command): Promise<Cost> => {
    const side = sides.find(({ name }) => name === program)
    if (side === undefined) throw new Error(`There is no side ${program}.`)
    order.push(program)
    for (const folder of [...side.caches, side.output]) mkdirSync(folder, { recursive: true })
    writeFileSync(join(side.caches[0] ?? '', 'kept'), 'kept')
    writeSite(side.readContent(side.content), side.output)
    cpSync(side.style.file, join(side.output, 'style.css'))
    spoil(side)
    return Promise.resolve(costOf(side))
  }
  return { run, order }
}

export function writeSite({ projects, issues }: Facts, output: string): void {
  const write = (path: string, html: string) => {
    mkdirSync(join(output, path), { recursive: true })
    writeFileSync(join(output, path, 'index.html'), html)
  }
  for (const { id, name, claims, body } of projects) {
    const cells = Object.entries(claims).map(
      ([architecture, [newest]]) => `<td data-architecture="${architecture}">${newest?.support ?? ''}</td>`,
    )
    write(`projects/${id}`, `<h1>${name}</h1>${cells.join('')}<p>${body}</p>`)
  }
  for (const { id, body } of issues) write(`issues/${id}`, `<p>${body}</p>`)
  for (const architecture of architectures) {
    const rows = projects.filter(({ claims }) => Object.hasOwn(claims, architecture))
    write(`architectures/${architecture}`, rows.map(({ id }) => `<a href="/projects/${id}/">${id}</a>`).join(''))
  }
  write('matrix', projects.map(({ id }) => `<tr data-project="${id}">`).join(''))
}

/** Replaces something in a file, so that a site says something else. */
export function replaceIn(file: string, from: string | RegExp, to: string): void {
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to))
}
