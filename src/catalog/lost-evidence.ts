/** Records that are gone or say something else. In which file and in which order they stand is no difference. */
import { isRetraction, type StoredRecord } from '#domain/evidence.ts'
import { serializeRecord } from '#domain/evidence-text.ts'
import type { LocatedRecord } from './evidence.ts'
import type { Loss, WhoSaid } from './loss.ts'
import { shorten, unexpected } from './problems.ts'

export function lostEvidence(before: readonly LocatedRecord[], after: readonly LocatedRecord[], by: WhoSaid): Loss[] {
  const kept = new Set(after.map(({ record }) => saysOf(record)))
  const ids = new Set(after.map(({ record }) => record.id))
  const lost = before.filter(({ record }) => !kept.has(saysOf(record)))
  return [...Map.groupBy(lost, ({ file }) => file)].map(([file, records]) => {
    const changed = records.filter(({ record }) => ids.has(record.id)).length
    const retractions = records.filter(({ record }) => isRetraction(record)).length
    const shown = records.slice(0, 3).map(({ record }) => record.id.slice(0, 12))
    const parts = [
      `${records.length} of ${shown.join(', ')}${records.length > 3 ? ', …' : ''}`,
      ...(changed > 0 ? [`${changed} say something else`] : []),
      ...(retractions > 0 ? [`${retractions} took another one back`] : []),
    ]
    const problem = unexpected(
      'evidence-removed',
      { file, line: 1, column: 1 },
      'removal of records',
      parts.join('; '),
      'every record that was there: evidence is only added, and `retract` takes a record back',
      `restore the lines from the history of the file; where \`compact\` has left them out, say so in the message of the commit: \`removes: ${file}\` (a folder, \`removes: evidence/\`, may be named for evidence alone)`,
    )
    const number = `${records.length} record${records.length === 1 ? '' : 's'} of \`${shorten(file, 120)}\``
    const isOther = changed > 0 ? `, of which ${changed} say${changed === 1 ? 's' : ''} something else` : ''
    return { what: `${number}${isOther}`, problem, by: by(file) }
  })
}

/** How a record came here is no part of what it says. */
function saysOf(record: StoredRecord): string {
  return serializeRecord(isRetraction(record) ? record : { ...record, provenance: { how: 'imported' } })
}
