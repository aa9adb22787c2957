/** A recipe's page: what was done, where it was tried, and how old that is. */
import type { Entry } from '#domain/catalog.ts'
import { firstDayOf } from '#domain/day.ts'
import { compareText } from '#domain/problem.ts'
import type { Recipe } from '#domain/recipe.ts'
import { stepVariables, variablesIn } from '#domain/step-variables.ts'
import { isOld, onDay, viewDay, type DayView } from './age.ts'
import { uniqueIds, type ContentsEntry } from './anchors.ts'
import { inColumnOrder } from './architecture-index.ts'
import type { ViewContext } from './context.ts'
import { waysToCorrectPage, type WaysToCorrect } from './ways-to-correct.ts'
import { linkFact, type Fact } from './fact.ts'
import { newsAbout } from './issue-mentions.ts'
import { linksTo, linkTo, type LinkView } from './links.ts'
import { claimsRestingOn, type RestingClaimView } from './resting-claims.ts'
import { trialsOf, viewResults, type ResultView } from './recipe-results.ts'
import { viewRuns, type RunsView } from './recipe-runs.ts'
import { viewSteps, withoutLastLineBreak, type PatchView, type StepView } from './recipe-steps.ts'
import { addressOfLink } from './sources.ts'
import { structuredRecipe, type StructuredData } from './structured-knowledge.ts'

export interface RecipeView {
  id: string
  ways: WaysToCorrect
  title: string
  summary: string
  /** When it was last tried and last updated, and what its age means, in plain words. */
  state: string
  isOld: boolean
  facts: Fact[]
  source: { title: string; author: string | undefined; day: DayView | undefined; link: string | undefined } | undefined
  intro: string
  /** What our own runs have shown. */
  results: ResultView[]
  runs: RunsView
  /** How to execute it, where that can be done by one command. */
  run: { command: string; packages: string[] } | undefined
  updates: { day: DayView; html: string }[]
  requirements: string[]
  environment: { name: string; value: string | undefined; meaning: string }[]
  steps: StepView[]
  patches: PatchView[]
  checklists: { title: string; html: string; items: string[] }[]
  checks: { number: number; html: string; commands: string; expectHtml: string }[]
  /** What the text below the front matter says, by its headings. */
  sections: readonly { id: string; title: string; html: string }[]
  notes: { link: LinkView; summary: string }[]
  claims: RestingClaimView[]
  links: LinkView[]
  headings: Record<PartName, { id: string; title: string }>
  /** Empty where the recipe is short. */
  contents: ContentsEntry[]
  structuredData: StructuredData
}

const titles = {
  'tested-on': 'Tested on',
  updates: 'Updates since',
  requirements: 'Before the first step',
  environment: 'Environment variables',
  run: 'Run it',
  steps: 'Steps',
  patches: 'Patches',
  checklists: 'Checklists',
  verify: 'How to see that it worked',
  'portability-notes': 'Portability notes it runs into',
  claims: 'What the matrix takes from it',
  links: 'Where to read on',
} as const
type PartName = keyof typeof titles

export function viewRecipe(recipe: Entry<Recipe>, context: ViewContext): RecipeView {
  const { id, data } = recipe
  const { asOf, markdown } = context
  const body = markdown(recipe.body)
  const takeId = uniqueIds(body.headings.map((heading) => heading.id))
  const { steps, patches } = viewSteps(data, takeId, context)
  const headings = headingsWith(takeId)
  // A text without headings is one part; a text with some begins with an introduction.
  const isOnePart = body.sections.length === 0 && body.html !== ''
  const view = {
    id,
    ways: waysToCorrectPage(data.title, `/recipes/${id}/`, recipe.file, context),
    title: data.title,
    summary: data.summary,
    state: stateOf(recipe, context),
    isOld: isOld(data.date, asOf),
    facts: [
      { name: 'State of', day: viewDay(data.date, asOf) },
      ...linkFact('Architectures', linksTo('architecture', inColumnOrder(data.architectures, context), context)),
      ...linkFact('Projects', linksTo('project', namedProjects(recipe, context), context)),
      ...linkFact('Hardware', linksTo('hardware', data.hardware, context)),
      ...linkFact('Newsletter', newsAbout('recipe', recipe.id, context)),
    ],
    source: data.source && {
      title: data.source.title,
      author: data.source.author,
      day: data.source.date === undefined ? undefined : viewDay(data.source.date, asOf),
      link: data.source.link,
    },
    intro: isOnePart ? '' : body.intro,
    results: viewResults(recipe, context),
    runs: viewRuns(data.testedOn, context),
    run: data.proves && { command: `npm run cli -- run ${id}`, packages: data.packages },
    updates: [...data.updates]
      .sort((a, b) => compareText(a.date, b.date))
      .map(({ date, text }, index) => ({
        day: viewDay(date, asOf),
        html: markdown(text, `update-${index + 1}-`).html,
      })),
    requirements: data.requirements,
    environment: viewEnvironment(data),
    steps,
    patches,
    checklists: data.checklists.map(({ title, text, items }, index) => ({
      title,
      html: text === undefined ? '' : markdown(text, `checklist-${index + 1}-`).html,
      items,
    })),
    checks: data.verify.map(({ text, run, expect }, index) => ({
      number: index + 1,
      html: text === undefined ? '' : markdown(text, `check-${index + 1}-`).html,
      commands: withoutLastLineBreak(run),
      expectHtml: markdown(expect, `expect-${index + 1}-`).html,
    })),
    sections: isOnePart ? [{ id: takeId('background'), title: 'Background', html: body.html }] : body.sections,
    notes: namedNotes(recipe, context).map((note) => ({
      link: linkTo('note', note, context),
      summary: context.catalog.note.get(note)?.data.summary ?? '',
    })),
    claims: claimsRestingOn(`/recipes/${id}/`, context),
    links: data.links.map(({ title, link }) => ({ label: title, address: addressOfLink(link, context) })),
    headings,
  }
  return { ...view, contents: contentsOf(view), structuredData: structuredRecipe(recipe, steps, context) }
}

/** The variables of the recipe, then those that its commands use and a run sets. */
function viewEnvironment({ environment, proves, steps, verify }: Recipe): RecipeView['environment'] {
  const own = environment.map(({ name, value, meaning }) => ({ name, value, meaning }))
  if (!proves) return own
  const commands = [...steps, ...verify].map(({ run = '' }) => run).join('\n')
  const used = variablesIn(commands).filter((name) => !own.some((variable) => variable.name === name))
  return [...own, ...used.map((name) => ({ name, value: undefined, meaning: stepVariables[name] }))]
}

function headingsWith(takeId: (wanted: string) => string): RecipeView['headings'] {
  const entries = Object.entries(titles).map(([name, title]) => [name, { id: takeId(name), title }] as const)
  return Object.fromEntries(entries) as RecipeView['headings'] // its keys are those of `titles`
}

function stateOf(recipe: Entry<Recipe>, context: ViewContext): string {
  const { asOf } = context
  const { date, testedOn, updates } = recipe.data
  const tried = [...testedOn, ...trialsOf(recipe, context)]
    .map((run) => run.date)
    .sort((a, b) => compareText(firstDayOf(b), firstDayOf(a)))[0]
  const updated = updates
    .map((update) => update.date)
    .sort(compareText)
    .at(-1)
  return [
    tried === undefined ? 'No trial of it is recorded.' : tried === date ? '' : `It was last tried ${onDay(tried)}.`,
    updated === undefined ? '' : `It was last updated ${onDay(updated)}.`,
    isOld(date, asOf)
      ? 'Versions, packages and addresses have moved since: read it for the way and its traps, and check each step before you rely on it.'
      : '',
  ]
    .filter(Boolean)
    .join(' ')
}

/** Its own projects first, then those that name the recipe. */
function namedProjects({ id, data }: Entry<Recipe>, { catalog }: ViewContext): string[] {
  const others = [...catalog.project.values()].filter((project) => project.data.recipes.includes(id))
  return [...new Set([...data.projects, ...others.map((project) => project.id).sort(compareText)])]
}

function namedNotes({ id, data }: Entry<Recipe>, { catalog }: ViewContext): string[] {
  const others = [...catalog.note.values()].filter((note) => note.data.recipes.includes(id))
  return [...new Set([...data.notes, ...others.map((note) => note.id).sort(compareText)])]
}

const partsOfShortRecipe = 8

function contentsOf(view: Omit<RecipeView, 'contents' | 'structuredData'>): ContentsEntry[] {
  const part = (name: PartName, isThere: boolean, parts: ContentsEntry['parts'] = []): ContentsEntry[] =>
    isThere ? [{ label: view.headings[name].title, address: `#${view.headings[name].id}`, parts }] : []
  const entries = [
    ...part('tested-on', true),
    ...part('updates', view.updates.length > 0),
    ...part('requirements', view.requirements.length > 0),
    ...part('environment', view.environment.length > 0),
    ...part('run', view.run !== undefined),
    ...part(
      'steps',
      true,
      view.steps.map(({ id, number, title, notNeeded }) => ({
        label: `${number}. ${title}${notNeeded === undefined ? '' : ` (not needed since ${notNeeded.day.words})`}`,
        address: `#${id}`,
      })),
    ),
    ...part('patches', view.patches.length > 0),
    ...part('checklists', view.checklists.length > 0),
    ...part('verify', view.checks.length > 0),
    ...view.sections.map(({ id, title }) => ({ label: title, address: `#${id}`, parts: [] })),
    ...part('portability-notes', view.notes.length > 0),
    ...part('claims', view.claims.length > 0),
    ...part('links', view.links.length > 0),
  ]
  const count = entries.reduce((sum, entry) => sum + 1 + entry.parts.length, 0)
  return count > partsOfShortRecipe ? entries : []
}
