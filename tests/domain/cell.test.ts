import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Entry } from '#domain/catalog.ts'
import { cellOf, changesOfCell, deriveCell, explainCell, type CellContent } from '#domain/cell.ts'
import { changesOf } from '#domain/changes.ts'
import type { Claim } from '#domain/claim.ts'
import { derive } from '#domain/derive.ts'
import { isRetraction, type StoredRecord } from '#domain/evidence.ts'
import { Project } from '#domain/project.ts'
import { architecture, asOf, claim, observedRun, propertyTimeout, retractionOf, runsOf } from '#tests/builders.ts'
import { someHistory } from './evidence-arbitraries.ts'

const architectures = new Map([
  ['amd64', architecture({ control: 'true' })],
  ['arm64', architecture()],
  ['riscv64', architecture()],
])

interface Recorded {
  evidence: readonly StoredRecord[]
  claims?: readonly Claim[]
  releases?: readonly string[]
}

/** A catalog of projects with what is recorded about them. */
function contentOf(recorded: Record<string, Recorded>): CellContent {
  const project = new Map<string, Entry<Project>>()
  const evidence = new Map<string, readonly StoredRecord[]>()
  for (const [id, { evidence: records, claims = [], releases = [] }] of Object.entries(recorded)) {
    const facts = Project.parse({
      name: id,
      summary: 'What it is',
      homepage: 'https://example.org/',
      categories: ['databases'],
    })
    const data = { ...facts, claims: [...claims], releases: [...releases] }
    project.set(id, { id, file: `projects/${id}.md`, body: '', data })
    evidence.set(id, records)
  }
  return { architectures, project, evidence }
}

const failures = (architecture: string) =>
  ['1', '2'].map((id) =>
    observedRun({ architecture, outcome: 'failed', run: { id }, observedAt: `2026-11-0${id}T10:00:00Z` }),
  )

describe('a cell', () => {
  test('holds the runs and claims of its architecture, and the runs of the control column', () => {
    const [arm64, amd64, riscv64] = ['arm64', 'amd64', 'riscv64'].map((id) => observedRun({ architecture: id }))
    const evidence = [arm64, amd64, riscv64].filter((record) => record !== undefined)
    const claims = [
      claim(),
      claim({ architectures: ['riscv64', 'arm64'], support: 'in-progress' }),
      claim({ architectures: ['riscv64'] }),
    ]
    const cell = cellOf(contentOf({ redis: { evidence, claims, releases: ['8.2', '9.0'] } }), 'redis', 'arm64')
    expect(cell).toEqual({
      evidence: [arm64],
      claims: claims.slice(0, 2),
      surroundings: { control: [amd64], releases: ['8.2', '9.0'] },
    })
  })

  test('of the control column has no control: there two failures are two failures', () => {
    const content = contentOf({ redis: { evidence: [...failures('amd64'), ...failures('arm64')] } })
    expect(cellOf(content, 'redis', 'amd64').surroundings.control).toBeUndefined()
    expect(deriveCell(content, 'redis', 'amd64', asOf)).toMatchObject({ support: 'broken', basis: 'verified' })
    expect(deriveCell(content, 'redis', 'arm64', asOf)).toMatchObject({ support: 'unknown', basis: 'none' })
  })

  test('learns that a run of the control column was taken back', () => {
    const control = failures('amd64')
    const evidence = [...failures('arm64'), ...control, ...control.map((record) => retractionOf(record))]
    expect(deriveCell(contentOf({ redis: { evidence } }), 'redis', 'arm64', asOf).support).toBe('broken')
  })

  test('of a project that nobody knows is unknown', () => {
    for (const id of ['nobody', '__proto__', 'constructor']) {
      expect(deriveCell(contentOf({}), id, id, asOf)).toMatchObject({ support: 'unknown', basis: 'none' })
      expect(changesOfCell(contentOf({}), id, id, asOf)).toEqual([])
    }
  })

  test('has one status, whichever way it is asked for', () => {
    const content = contentOf({ redis: { evidence: failures('arm64'), claims: [claim()] } })
    const status = deriveCell(content, 'redis', 'arm64', asOf)
    expect(status).toMatchObject({ support: 'broken', basis: 'disputed' })
    expect(explainCell(content, 'redis', 'arm64', asOf).status).toEqual(status)
    expect(changesOfCell(content, 'redis', 'arm64', asOf).at(-1)?.to).toMatchObject({
      support: 'broken',
      basis: 'disputed',
    })
  })
})

test(
  'the records of another project or another column change nothing',
  () => {
    const moved = (records: readonly StoredRecord[], to: { project?: string; architecture?: string }) =>
      records.map((record) =>
        isRetraction(record) ? { ...record, project: to.project ?? record.project } : observedRun({ ...record, ...to }),
      )
    let known = 0
    fc.assert(
      fc.property(someHistory(), someHistory(), (one, other) => {
        const own = { evidence: [...one.control, ...one.evidence], claims: one.claims, releases: one.releases }
        const elsewhere = moved(
          other.evidence.filter((record) => !isRetraction(record)),
          { architecture: 'riscv64' },
        )
        const alone = contentOf({ redis: own })
        const among = contentOf({
          valkey: {
            evidence: moved([...other.evidence, ...other.control], { project: 'valkey' }),
            claims: other.claims,
          },
          redis: {
            ...own,
            evidence: [...elsewhere, ...own.evidence],
            claims: [...own.claims, ...other.claims.map((its) => ({ ...its, architectures: ['riscv64'] }))],
          },
        })
        const status = deriveCell(among, 'redis', 'arm64', one.asOf)
        expect(status).toEqual(deriveCell(alone, 'redis', 'arm64', one.asOf))
        expect(changesOfCell(among, 'redis', 'arm64', one.asOf)).toEqual(
          changesOfCell(alone, 'redis', 'arm64', one.asOf),
        )
        // And nothing is lost on the way from the catalog to the rule.
        const surroundings = { control: one.control, releases: one.releases }
        expect(status).toEqual(derive(one.evidence, one.claims, one.asOf, surroundings))
        expect(changesOfCell(alone, 'redis', 'arm64', one.asOf).map(({ to }) => to.support)).toEqual(
          changesOf(one.evidence, one.claims, one.asOf, surroundings).map(({ to }) => to.support),
        )
        if (status.support !== 'unknown') known += 1
      }),
      { numRuns: runsOf(200) },
    )
    expect(known).toBeGreaterThan(runsOf(200) / 4)
  },
  propertyTimeout,
)
