/** All machines, by their kind. */
import type { Entry } from '#domain/catalog.ts'
import type { Hardware } from '#domain/hardware.ts'
import { compareText } from '#domain/problem.ts'
import { viewDay, type DayView } from './age.ts'
import { uniqueIds } from './anchors.ts'
import { inColumnOrder } from './architecture-index.ts'
import { linkFact, textFact, type Fact } from './fact.ts'
import { linksTo, publicIssues, type LinkView } from './links.ts'
import type { ViewContext } from './context.ts'
import { viewSource } from './sources.ts'
import { waysToCorrectPage, type WaysToCorrect } from './ways-to-correct.ts'

export interface MachineView {
  id: string
  headingId: string
  name: string
  summary: string
  day: DayView
  sheet: Fact[]
  prices: { price: string; day: DayView; source: LinkView | undefined }[]
  mentions: Fact[]
  source: LinkView | undefined
  html: string
  ways: WaysToCorrect
}

export interface HardwareView {
  groups: { id: string; title: string; machines: MachineView[] }[]
  count: number
}

const titleOfKind: Record<Hardware['kind'], string> = {
  board: 'Boards',
  server: 'Servers',
  cloud: 'In the cloud',
  cluster: 'Clusters',
  processor: 'Processors',
}

export function viewHardware(context: ViewContext): HardwareView {
  const all = [...context.catalog.hardware.values()].sort((a, b) =>
    compareText(a.data.name.toLowerCase(), b.data.name.toLowerCase()),
  )
  // The machines' own ids are addresses that content links to; the groups take what is left.
  const takeId = uniqueIds()
  const idOf = new Map(all.map(({ id }) => [id, takeId(id)]))
  const kinds = Object.keys(titleOfKind) as Hardware['kind'][] // the keys of a record are its kinds
  return {
    count: all.length,
    groups: kinds
      .map((kind) => ({
        id: takeId(`kind-${kind}`),
        title: titleOfKind[kind],
        machines: all
          .filter((machine) => machine.data.kind === kind)
          .map((machine) => viewMachine(machine, idOf.get(machine.id) ?? machine.id, context)),
      }))
      .filter((group) => group.machines.length > 0),
  }
}

function viewMachine({ id, file, data, body }: Entry<Hardware>, anchor: string, context: ViewContext): MachineView {
  const { catalog, asOf } = context
  const recipes = [...catalog.recipe.values()]
    .filter(({ data: recipe }) => recipe.hardware.includes(id) || recipe.testedOn.some((run) => run.hardware === id))
    .map((recipe) => recipe.id)
  const issues = publicIssues(context)
    .filter((issue) => issue.data.hardware.includes(id))
    .map((issue) => issue.id)
  return {
    id: anchor,
    // An id of content has no underscore, so no other thing can have this one.
    headingId: `${id}_name`,
    name: data.name,
    summary: data.summary,
    day: viewDay(data.date, asOf),
    sheet: [
      ...linkFact('Architectures', linksTo('architecture', inColumnOrder(data.architectures, context), context)),
      ...textFact('Vendor', data.vendor),
      ...data.facts.map(({ name, value }) => ({ name, text: value })),
    ],
    prices: [...data.prices]
      .sort((a, b) => compareText(b.date, a.date))
      .map(({ price, date, link }) => ({
        price,
        day: viewDay(date, asOf),
        source: link === undefined ? undefined : viewSource(link, context),
      })),
    mentions: [
      ...linkFact('Projects', linksTo('project', data.projects, context)),
      ...linkFact('Recipes', linksTo('recipe', recipes.sort(compareText), context)),
      ...linkFact('Newsletter', linksTo('issue', issues, context)),
    ],
    source: data.link === undefined ? undefined : viewSource(data.link, context),
    html: context.markdown(body, `${id}_text-`).html,
    ways: waysToCorrectPage(data.name, `/hardware/#${id}`, file, context),
  }
}
