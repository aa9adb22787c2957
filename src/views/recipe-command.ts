/** Recipes as a way to check a cell, and the command that runs one for an architecture. */
import type { Entry } from '#domain/catalog.ts'
import type { Recipe } from '#domain/recipe.ts'
import type { ViewContext } from './context.ts'

/** The recipes that tell how to build or run a project on an architecture. */
export function recipesFor(project: string, architecture: string, { catalog }: ViewContext): Entry<Recipe>[] {
  return [...catalog.recipe.values()].filter(
    ({ data }) => data.projects.includes(project) && data.architectures.includes(architecture),
  )
}

/** Whether its commands check this project: those of a recipe for several may only need it. */
export function isCheckOf(project: string, { data }: Entry<Recipe>): boolean {
  return (
    data.projects.length === 1 && data.projects.includes(project) && data.steps.some(({ run }) => run !== undefined)
  )
}

export function commandOfRecipe(recipe: string, architecture: string): string {
  return `npm run cli -- run ${recipe} --architecture ${architecture}`
}
