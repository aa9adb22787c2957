/** Records to measure with: always the same ones. */
import { Evidence, identified } from '#domain/evidence.ts'
import { serializeRecord } from '#domain/evidence-text.ts'

const architectures = ['amd64', 'arm64', 'armv7', 'armv6', 'i386', 'ppc64le', 's390x', 'riscv64']

/** Lines of records: three runs a day of each project, on eight architectures, in the order in which they come. */
export function linesOfADay(count: number): string[] {
  const projects = Math.ceil(count / (architectures.length * 3))
  return Array.from({ length: count }, (_, index) => {
    const run = Math.floor(index / (architectures.length * projects))
    const architecture = architectures[index % architectures.length] ?? 'arm64'
    // 7919 is prime: neighbours in time are not neighbours by name.
    const number = (Math.floor(index / architectures.length) * 7919) % projects
    const record = Evidence.parse(
      identified({
        schema: 1,
        project: `project-${number}`,
        architecture,
        version: `1.${number % 40}.${run}`,
        level: 'tested',
        outcome: (number * 7 + run) % 29 === 0 ? 'failed' : 'passed',
        execution: 'native',
        source: { provider: 'github-actions', repository: `example/project-${number}`, job: `test (${architecture})` },
        run: { id: `${number}-${run}`, attempt: 1 },
        observedAt: `2026-11-20T${String(run * 8).padStart(2, '0')}:20:30Z`,
        link: `https://ci.example.org/runs/${number}`,
        counts: { passed: 412, failed: 0, skipped: 3 },
        provenance: { how: 'received' },
      }),
    )
    return serializeRecord(record)
  })
}
