/** A report in sentences. */
import { counted } from '#scan/report-words.ts'
import type { Verdict } from '#scan/report.ts'
import type { ShownEntry, ShownReport } from './check-protocol.ts'

export function titleOf({ architecture, files }: ShownReport): string {
  const [first, second] = files
  if (!first) return `A shared report, on ${architecture}`
  return `${second ? `${files.length} files` : first.name} on ${architecture}`
}

export function nothingShown({ components, problems, entryCount }: ShownReport, verdict: Verdict | undefined): string {
  if (entryCount > 0 && verdict !== undefined) return `Nothing is ${verdict}.`
  if (components > 0)
    return 'Nothing that the files name is in the catalog, and nothing in them shows that it depends on the architecture.'
  return problems.length > 0 ? 'Nothing could be read.' : 'The files name no packages.'
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
