import type { Project } from '#domain/project.ts'
import { folded } from './fold.ts'

/** What a project is called, folded: its name, its id and its other names, a line for each. */
export function namesOf(id: string, { name, aliases }: Pick<Project, 'name' | 'aliases'>): string {
  return [name, id, ...aliases].map(folded).join('\n')
}

/** What else a word of a question is looked for in, folded. */
export function textOf({ summary, identifiers }: Pick<Project, 'summary' | 'identifiers'>): string {
  return folded([summary, ...identifiers].join(' '))
}
