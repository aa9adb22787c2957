/** A report in sentences. */
import { counted } from '#scan/report-words.ts'
import type { Verdict } from '#scan/report.ts'
import type { ShownEntry, ShownReport } from './check-protocol.ts'

export function titleOf({ architecture, files }: ShownReport): string {
  const [first, second] = files
  if (!first) return `A shared report, on ${architecture}`
  return `${second ? `${files.length} files` : first.name} on ${architecture}`
}

export function nothingShown({ entryCount }: ShownReport, verdict: Verdict | undefined): string {
  return entryCount > 0 && verdict !== undefined
    ? `Nothing is ${verdict}.`
    : 'Nothing that the files name is in the catalog, and nothing in them shows that it depends on the architecture.'
}

export function placesSummary({ packageCount, buildCount }: ShownEntry): string {
  const builds = counted(buildCount, 'build')
  if (packageCount === 0) return builds
  return buildCount === 0 ? counted(packageCount, 'package') : `${counted(packageCount, 'package')}, ${builds}`
}

export function versionsOf(versions: readonly string[]): string {
  return versions.length > 3
    ? `${versions.slice(0, 3).join(', ')} and ${versions.length - 3} more`
    : versions.join(', ')
}
