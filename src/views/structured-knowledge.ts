/** Recipes and notes as schema.org has them. */
import type { Entry } from '#domain/catalog.ts'
import type { Note } from '#domain/note.ts'
import type { Recipe } from '#domain/recipe.ts'
import type { ViewContext } from './context.ts'

export type StructuredData = Record<string, unknown>

export function structuredRecipe(
  { id, data }: Entry<Recipe>,
  steps: readonly { id: string; number: number; title: string }[],
  context: ViewContext,
): StructuredData {
  const address = context.absoluteAddressOf(`/recipes/${id}/`)
  return {
    ...article(['TechArticle', 'HowTo'], address, data, context),
    name: data.title,
    ...(data.source && { isBasedOn: structuredSource(data.source) }),
    step: steps.map((step) => ({
      '@type': 'HowToStep',
      position: step.number,
      name: step.title,
      url: `${address}#${step.id}`,
    })),
  }
}

export function structuredNote({ id, data }: Entry<Note>, context: ViewContext): StructuredData {
  return article('TechArticle', context.absoluteAddressOf(`/notes/${id}/`), data, context)
}

function article(
  type: string | readonly string[],
  address: string,
  { title, summary, date, projects }: { title: string; summary: string; date: string; projects: readonly string[] },
  { catalog, absoluteAddressOf }: ViewContext,
): StructuredData {
  return {
    '@type': type,
    headline: title,
    description: summary,
    url: address,
    inLanguage: catalog.site.language,
    // The day that it speaks of; when this page was published, nobody has recorded.
    temporalCoverage: date,
    isPartOf: { '@type': 'WebSite', name: catalog.site.title, url: absoluteAddressOf('/') },
    ...(catalog.site.dataLicence && { license: catalog.site.dataLicence.link }),
    about: projects.map((project) => ({
      '@type': 'SoftwareApplication',
      name: catalog.project.get(project)?.data.name ?? project,
      url: absoluteAddressOf(`/projects/${project}/`),
    })),
  }
}

function structuredSource({ title, author, date, link }: NonNullable<Recipe['source']>): StructuredData {
  return {
    '@type': 'CreativeWork',
    name: title,
    ...(author !== undefined && { author }),
    ...(date !== undefined && { datePublished: date }),
    ...(link !== undefined && { url: link }),
  }
}
