/** What the index knows of the cells of a project (`views/search-record.ts`), as a reader takes it in: by status, and not by architecture. */

/**
 * @param identifiers of a project that was found: `pkg:deb/debian/bison, amd64 works, arm64 emulated, armv7 works stale`
 * @returns `works on amd64 · emulated on arm64 · works (stale) on armv7`, in the order of architectures; empty where nothing is known
 */
export function statusesInWords(identifiers = ''): string {
  const byStatus = new Map<string, string[]>()
  for (const part of identifiers.split(', ')) {
    const [, architecture, status] = /^([^\s:]+) (.+)$/.exec(part) ?? []
    if (architecture === undefined || status === undefined) continue
    const architectures = byStatus.get(status)
    if (architectures) architectures.push(architecture)
    else byStatus.set(status, [architecture])
  }
  return Array.from(byStatus, ([status, architectures]) => {
    const [, support = status, doubt] = /^(.+) (stale|disputed)$/.exec(status) ?? []
    return `${support}${doubt === undefined ? '' : ` (${doubt})`} on ${architectures.join(', ')}`
  }).join(' · ')
}
