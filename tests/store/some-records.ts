import { Evidence, identified } from '#domain/evidence.ts'

const projects = ['redis', 'nginx', 'jq', 'zlib', 'lua']
const architectures = ['amd64', 'arm64', 'riscv64']

/** Different records, the same ones each time. */
export function someRecords(count: number): Evidence[] {
  return Array.from({ length: count }, (_, index) =>
    Evidence.parse(
      identified({
        schema: 1,
        project: projects[index % projects.length] ?? 'redis',
        architecture: architectures[index % architectures.length] ?? 'arm64',
        version: `1.${index % 11}`,
        level: 'tested',
        outcome: index % 5 === 0 ? 'failed' : 'passed',
        execution: 'native',
        source: { provider: 'github-actions', repository: 'example/example', job: 'test' },
        run: { id: String(1000 + index), attempt: 1 },
        observedAt: `2026-${String(1 + (index % 9)).padStart(2, '0')}-${String(1 + (index % 28)).padStart(2, '0')}T10:00:00Z`,
        link: `https://example.org/runs/${index}`,
        provenance: { how: 'imported' },
      }),
    ),
  )
}
