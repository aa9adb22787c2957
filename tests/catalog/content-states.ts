/** A small content that has one of everything that can be lost, and states of it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { readContentState, type ContentState } from '#catalog/content-state.ts'
import { serializeRecord } from '#domain/evidence-text.ts'
import { architecturesFile, asOf, observedRun, projectFile, retractionOf } from '#tests/builders.ts'

export const runs = [
  observedRun(),
  observedRun({ run: { id: '2' }, observedAt: '2026-11-03T10:20:30Z' }),
  observedRun({ run: { id: '3' }, outcome: 'failed' }),
]
const [first] = runs as [(typeof runs)[number]]
export const records = [...runs, retractionOf(first)]

export interface ClaimWords {
  architectures: string[]
  support: string
  date: string
  link: string
  note?: string
  scope?: Record<string, string>
}

export const claims: ClaimWords[] = [
  { architectures: ['arm64', 'amd64'], support: 'works', date: '2026-05-12', link: 'https://example.org/claim' },
  { architectures: ['armv7'], support: 'broken', date: '2025', link: 'https://example.org/broken', note: 'It stops.' },
  {
    architectures: ['arm64'],
    support: 'works',
    date: '2026-05-12',
    link: 'https://example.org/claim',
    scope: { libc: 'musl' },
  },
]

export const lockLines = ['authority example.org,2026', 'issue/0001 2026-05-12', 'issue/0001#news']

export function redis(changes: { claims?: ClaimWords[]; removes?: string[] } = {}): string {
  return projectFile({
    claims: JSON.stringify(changes.claims ?? claims),
    redirectsFrom: '[/old-redis/]',
    ...(changes.removes && { removes: JSON.stringify(changes.removes) }),
  })
}

/** Valid as it is. */
export const contentFiles: Readonly<Record<string, string>> = {
  'site.yml':
    'title: Test\ntagAuthority: "example.org,2026"\nsections: {news: {name: News}, extra: {name: Extra}}\nredirects: {/start/: /matrix/}\n',
  'architectures.yml': architecturesFile,
  'categories.yml': 'databases: {name: Databases}\nunused: {name: Unused}\n',
  'people.yml': 'ada: {name: Ada}\n',
  'ids.lock': `${lockLines.join('\n')}\n`,
  'projects/redis.md': redis(),
  'projects/plain.md': projectFile({ name: 'Plain' }),
  'projects/former.md': '---\nmovedTo: redis\n---\n',
  'notes/page-size.md':
    '---\ntitle: Page size\nsummary: Pages differ\ndate: 2026-05-12\nsymptom: It stops.\ncause: Pages.\nfix: Align.\narchitectures: [arm64]\n---\nText.\n',
  'issues/0001.md':
    '---\nnumber: 1\ntitle: Issue\ndate: 2026-05-12\nauthors: [ada]\nsummary: News.\nstate: published\nsections: [news]\naliases: [/2026/first/]\n---\n## News {#news}\n\nText.\n',
  'sources/redis-ci.yml':
    'provider: github-actions\nrepository: redis/redis\njob: test\nproject: redis\narchitecture: arm64\nlevel: tested\n',
  'evidence/redis.jsonl': records.map((record) => `${serializeRecord(record)}\n`).join(''),
}

/** The content with other files; undefined leaves one out. */
export function stateOf(changes: Record<string, string | undefined> = {}): ContentState {
  const folder = mkdtempSync(join(tmpdir(), 'works-on-arm-state-'))
  try {
    for (const [path, text] of Object.entries({ ...contentFiles, ...changes })) {
      if (text === undefined) continue
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    return readContentState(folder, asOf)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
