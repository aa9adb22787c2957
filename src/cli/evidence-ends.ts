/** Two stores between which records are copied, seen alike: what they hold of each project, and how to add to it. */
import { join } from 'node:path'
import { readEvidence } from '#catalog/evidence.ts'
import type { StoredRecord } from '#domain/evidence.ts'
import { serializeRecord } from '#domain/evidence-text.ts'
import type { Problem } from '#domain/problem.ts'
import { fingerprintOf } from '#store/fingerprint.ts'
import { JsonLinesStore } from '#store/jsonl-store.ts'
import { openStore } from '#store/open-store.ts'

export interface EvidenceEnd {
  /** What is no record; of a database it is told while it is read. */
  readonly problems: readonly Problem[]
  /** A digest of each project's records: the same at two ends that hold the same. */
  fingerprints(): Promise<Map<string, string>>
  /** Reads some projects, in parts, one project after the other. */
  readParts(projects: readonly string[], take: (part: Part) => Promise<void>): Promise<void>
  /** @returns how many were not there before */
  append(records: readonly StoredRecord[]): Promise<number>
  close(): Promise<void>
}

interface Part {
  records: readonly StoredRecord[]
  problems: readonly Problem[]
}

/** @param address of a database; files of the content folder where it means them */
export async function openEnd(address: string | undefined, contentFolder: string): Promise<EvidenceEnd> {
  const store = await openStore(address, join(contentFolder, 'evidence'))
  if (store instanceof JsonLinesStore) return endOfFiles(store, contentFolder)
  return {
    problems: [],
    fingerprints: () => store.fingerprints(),
    readParts: (projects, take) => store.readParts(projects, take),
    append: async (records) => (await store.append(records)).added.length,
    close: () => store.close(),
  }
}

function endOfFiles(store: JsonLinesStore, contentFolder: string): EvidenceEnd {
  // As a build reads them: what stands in other files than those of the store counts too.
  const { records, problems } = readEvidence(contentFolder)
  const byProject = Map.groupBy(
    records.map(({ record }) => record),
    ({ project }) => project,
  )
  return {
    problems,
    fingerprints: () =>
      Promise.resolve(new Map([...byProject].map(([project, some]) => [project, fingerprintOf(some)] as const))),
    readParts: async (projects, take) => {
      for (const project of projects) await take({ records: byProject.get(project) ?? [], problems: [] })
    },
    append: (some) => {
      const fresh = [...Map.groupBy(some, ({ project }) => project)].flatMap(([project, ofProject]) => {
        const known = new Set(byProject.get(project)?.map(serializeRecord))
        return ofProject.filter((record) => !known.has(serializeRecord(record)))
      })
      return Promise.resolve(store.append(fresh).added.length)
    },
    close: () => Promise.resolve(),
  }
}
