/** Refused runs in a table beside the evidence. */
import { compareText } from '#domain/problem.ts'
import type { Ask } from './postgres-connection.ts'
import { runKeyOf, type RefusedRun, type RunOfRepository } from './refused-runs.ts'

export async function noteRefused(ask: Ask, runs: readonly RefusedRun[]): Promise<void> {
  // In one order, as records are: or two writers could each wait for what the other is adding.
  const ordered = [...runs].sort((a, b) => compareText(runKeyOf(a), runKeyOf(b)))
  await ask(
    `insert into evidence_refused_run (repository, run_id, event)
     select * from unnest($1::text[], $2::text[], $3::text[]) on conflict do nothing`,
    [...columnsOf(ordered), ordered.map(({ event }) => event)],
  )
}

export async function refusedOf(ask: Ask, runs: readonly RunOfRepository[]): Promise<RefusedRun[]> {
  const rows = await ask<{ repository: string; run_id: string; event: string }>(
    `select repository, run_id, event from evidence_refused_run
     where (repository, run_id) in (select * from unnest($1::text[], $2::text[]))`,
    columnsOf(runs),
  )
  return rows.map(({ repository, run_id: runId, event }) => ({ repository, runId, event }))
}

function columnsOf(runs: readonly RunOfRepository[]): string[][] {
  return [runs.map(({ repository }) => repository.toLowerCase()), runs.map(({ runId }) => runId)]
}
