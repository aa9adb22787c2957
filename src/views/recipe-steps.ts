/** What a recipe does: its steps, and the patches that they apply. */
import { commandOfFetch, type Recipe } from '#domain/recipe.ts'
import { viewDay, type DayView } from './age.ts'
import { slugOf } from './anchors.ts'
import type { LinkView } from './links.ts'
import type { ViewContext } from './context.ts'

export interface StepView {
  id: string
  number: number
  title: string
  html: string
  commands: string
  notNeeded: { day: DayView; html: string } | undefined
  /** The patches that this step applies. */
  patches: LinkView[]
}

export interface PatchView {
  id: string
  file: string
  function: string | undefined
  changeHtml: string
  whyHtml: string
  step: LinkView | undefined
}

/**
 * Steps and patches know of each other: a patch names the step that applies it.
 * @param takeId gives out ids of the page
 */
export function viewSteps(
  { steps, patches }: Recipe,
  takeId: (wanted: string) => string,
  { asOf, markdown }: ViewContext,
): { steps: StepView[]; patches: PatchView[] } {
  // Ids that a writer has chosen are given out first: others link to them.
  const chosen = steps.map((step) => step.id && takeId(step.id))
  const numbered = steps.map((step, index) => ({
    step,
    number: index + 1,
    name: step.id ?? slugOf(step.title),
    id: chosen[index] ?? takeId(slugOf(step.title)),
  }))
  const patchIds = patches.map((_, index) => takeId(`patch-${index + 1}`))
  return {
    steps: numbered.map(({ step, number, name, id }) => ({
      id,
      number,
      title: step.title,
      html: step.text === undefined ? '' : markdown(step.text, `${id}-`).html,
      commands: step.fetch ? commandOfFetch(step.fetch) : withoutLastLineBreak(step.run),
      notNeeded: step.notNeededSince && {
        day: viewDay(step.notNeededSince.date, asOf),
        html: markdown(step.notNeededSince.why, `${id}-not-needed-`).html,
      },
      patches: patches.flatMap((patch, index) =>
        patch.step === name ? [{ label: nameOfPatch(patch), address: `#${patchIds[index] ?? ''}` }] : [],
      ),
    })),
    patches: patches.map((patch, index) => {
      const applied = numbered.find(({ name }) => name === patch.step)
      const id = patchIds[index] ?? ''
      return {
        id,
        file: patch.file,
        function: patch.function,
        changeHtml: markdown(patch.change, `${id}-change-`).html,
        whyHtml: markdown(patch.why, `${id}-why-`).html,
        step: applied && { label: `step ${applied.number}`, address: `#${applied.id}` },
      }
    }),
  }
}

/** Several patches may edit one file; then the place tells them apart. */
function nameOfPatch(patch: Recipe['patches'][number]): string {
  return patch.function === undefined ? patch.file : `${patch.file}, ${patch.function}`
}

/** YAML ends a block of commands with a line break; nobody typed it, and pasted it would run the last line. */
export function withoutLastLineBreak(commands: string | undefined): string {
  return (commands ?? '').replace(/\n+$/, '')
}
