/** Ids of projects, as a person types them. */

/** How many are offered at a time. */
const offered = 12

/** Ids that a text may mean, the likeliest first: the id itself, ids that begin with it, ids that hold it. */
export function closestIds(text: string, ids: readonly string[]): string[] {
  const wanted = text
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  if (wanted === '') return []
  const holding = ids.filter((id) => id.includes(wanted))
  const rank = (id: string) => (id === wanted ? 0 : id.startsWith(wanted) ? 1 : 2)
  return holding.sort((a, b) => rank(a) - rank(b)).slice(0, offered)
}

/** The ids in `/api/v1/matrix.json`; none where it is something else. */
export function idsIn(matrix: unknown): string[] {
  const projects = typeof matrix === 'object' && matrix !== null && 'projects' in matrix ? matrix.projects : []
  return Array.isArray(projects) ? projects.filter((id): id is string => typeof id === 'string') : []
}
