import type { Project } from '#domain/project.ts'
import { folded } from './fold.ts'

/** What a project is called, folded: its name, its id and its other names. */
export function namesOf(id: string, { name, aliases }: Pick<Project, 'name' | 'aliases'>): string {
  return folded([name, id, ...aliases].join(' '))
}

/** All that a word of a question is looked for in, folded. */
export function textOf(id: string, project: Pick<Project, 'name' | 'aliases' | 'summary' | 'identifiers'>): string {
  return folded([namesOf(id, project), project.summary, ...project.identifiers].join(' '))
}
