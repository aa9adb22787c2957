/** A difference for programs; docs/workflows.md has its keys. */
import type { Status } from '#domain/derive.ts'
import { linkOfCell, type Difference } from './difference.ts'

export function jsonOfDifference({
  base,
  head,
  projects,
  pages,
  added,
  mended,
  removed,
  addressOf,
}: Difference): string {
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
  return `${JSON.stringify({ base, head: head ?? null, cells, pages, problems: { added, mended }, removed }, null, 2)}\n`
}
