/** All recipes, the newest first. */
import { firstDayOf } from '#domain/day.ts'
import { compareText } from '#domain/problem.ts'
import { viewDay, type DayView } from './age.ts'
import { architectureIndex, type IndexEntry } from './architecture-index.ts'
import type { ViewContext } from './context.ts'
import { linkTo, type LinkView } from './links.ts'
import { viewOutcomes, type OutcomeView, type ResultView } from './recipe-runs.ts'

export interface RecipeListView {
  recipes: { link: LinkView; summary: string; day: DayView; outcomes: OutcomesView[] }[]
  /** How many recipes there are for each architecture. */
  index: IndexEntry[]
}

/** Architectures on which a recipe came to the same. */
export interface OutcomesView {
  /** Undefined where it was not tried. */
  result: ResultView | undefined
  /** When it was tried, where that is another day than the recipe's own. */
  day: DayView | undefined
  architectures: LinkView[]
}

export function viewRecipeList(context: ViewContext): RecipeListView {
  const recipes = [...context.catalog.recipe.values()].sort(
    (a, b) =>
      compareText(firstDayOf(b.data.date), firstDayOf(a.data.date)) ||
      compareText(a.data.title.toLowerCase(), b.data.title.toLowerCase()),
  )
  return {
    recipes: recipes.map((recipe) => {
      const day = viewDay(recipe.data.date, context.asOf)
      return {
        link: linkTo('recipe', recipe.id, context),
        summary: recipe.data.summary,
        day,
        outcomes: groupOutcomes(viewOutcomes(recipe, context), day),
      }
    }),
    index: architectureIndex('recipes', recipes, context),
  }
}

/** In the order in which they come first. */
function groupOutcomes(outcomes: readonly OutcomeView[], { words: own }: DayView): OutcomesView[] {
  const ofGroup = Map.groupBy(outcomes, ({ result, day }) =>
    result ? `${result.label} ${result.basis} ${day?.words ?? ''}` : '',
  )
  return [...ofGroup.values()].map((group) => ({
    result: group[0]?.result,
    day: group[0]?.day?.words === own ? undefined : group[0]?.day,
    architectures: group.map(({ architecture }) => architecture),
  }))
}
