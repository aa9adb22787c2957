/** Payloads as CI systems and test tools wrote them; `manifest.json` says where each one is from. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Adapter, CiResult } from '#ingest/adapter.ts'
import { parseDocument } from '#ingest/document.ts'

const folder = new URL('../fixtures/ingest/', import.meta.url)

const Manifest = z.array(z.object({ file: z.string(), format: z.string(), what: z.string() }))

export interface Recording {
  file: string
  format: string
  /** What is special about it. */
  what: string
  text: string
}

export const recordings: readonly Recording[] = Manifest.parse(
  JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8')),
).map((entry) => ({ ...entry, text: textOf(readFileSync(new URL(entry.file, folder))) }))

/** Of a format, without those that were made to be refused. */
export function recordingsOf(format: string): readonly Recording[] {
  return recordings.filter((recording) => recording.format === format && !isHostile(recording))
}

export function isHostile({ file }: Pick<Recording, 'file'>): boolean {
  return file.startsWith('hostile/')
}

/** Holds an adapter to what a person has read in each recording of its format. */
export function expectRecordings(adapter: Adapter, format: string, expected: Readonly<Record<string, Expected>>): void {
  describe('a recording', () => {
    test.each(recordingsOf(format))('$file: $what', ({ file, text }) => {
      const document = parseDocument(text)
      expect(adapter.recognises(document)).toBe(true)
      const { results, problems, ignored } = adapter.adapt(document)
      const told: Expected = {
        results: results.map(inOneLine),
        problems: problems.map(({ code }) => code),
        ignored,
      }
      expect(told).toEqual({ results: [], problems: [], ignored: 0, ...expected[file] })
      expect(expected).toHaveProperty([file])
    })
  })
}

export interface Expected {
  /** One line for each result: see `inOneLine`. */
  results?: string[]
  problems?: string[]
  ignored?: number
}

function inOneLine(result: CiResult): string {
  const { counts, metrics } = result
  return [
    result.outcome,
    result.reason && `(${result.reason})`,
    counts && `${String(counts.passed)}+${String(counts.failed)}+${String(counts.skipped)}`,
    result.flaky && 'flaky',
    metrics?.map(({ value, unit }) => `${String(value)}${unit}`).join(),
    result.architecture && `on ${[result.os, result.architecture].filter(Boolean).join('/')}`,
    result.version && `of ${result.version}`,
    result.observedAt && `at ${result.observedAt}`,
    result.job && `in ${[result.repository, result.job].filter(Boolean).join(' ')}`,
    result.attempt && `attempt ${String(result.attempt)} of ${result.runId ?? '?'}`,
  ]
    .filter(Boolean)
    .join(' ')
}

/** Text is UTF-8, or UTF-16 where it says so with its first bytes. */
function textOf(bytes: Buffer): string {
  const mark = bytes.subarray(0, 2).toString('hex')
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8'
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes)
}
