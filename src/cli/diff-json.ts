/** A difference for programs; docs/workflows.md has its keys. */
import type { Status } from '#domain/derive.ts'
import { linkOfCell, type Difference } from './difference.ts'

export function jsonOfDifference(difference: Difference): string {
  const { base, head, projects, pages, added, mended, removed, addressOf } = difference
  const { evidence, items, registrations, withdrawn } = difference
  const status = ({ support, basis, level, execution }: Status) => ({ support, basis, level, execution })
  const cells = projects.flatMap(({ id, name, cells }) =>
    cells.map((cell) => ({
      project: id,
      name,
      architecture: cell.architecture,
      isControl: cell.isControl,
      from: status(cell.from),
      to: status(cell.to),
      direction: cell.direction,
      link: linkOfCell(cell),
      page: addressOf(`/projects/${id}/#${cell.architecture}`),
    })),
  )
  const problems = { added, mended }
  const told = { cells, pages, evidence, items, registrations, withdrawn, problems, removed }
  return `${JSON.stringify({ base, head: head ?? null, ...told }, null, 2)}\n`
}
