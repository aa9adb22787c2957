/** All recipes, the newest first. */
import { firstDayOf } from '#domain/day.ts'
import { compareText } from '#domain/problem.ts'
import { viewDay, type DayView } from './age.ts'
import { architectureIndex, type IndexEntry } from './architecture-index.ts'
import type { ViewContext } from './context.ts'
import { linkTo, type LinkView } from './links.ts'
import { viewOutcomes, type OutcomeView } from './recipe-runs.ts'

export interface RecipeListView {
  recipes: { link: LinkView; summary: string; day: DayView; outcomes: OutcomeView[] }[]
  /** How many recipes there are for each architecture. */
  index: IndexEntry[]
}

export function viewRecipeList(context: ViewContext): RecipeListView {
  const recipes = [...context.catalog.recipe.values()].sort(
    (a, b) =>
      compareText(firstDayOf(b.data.date), firstDayOf(a.data.date)) ||
      compareText(a.data.title.toLowerCase(), b.data.title.toLowerCase()),
  )
  return {
    recipes: recipes.map((recipe) => ({
      link: linkTo('recipe', recipe.id, context),
      summary: recipe.data.summary,
      day: viewDay(recipe.data.date, context.asOf),
      outcomes: viewOutcomes(recipe, context),
    })),
    index: architectureIndex('recipes', recipes, context),
  }
}
