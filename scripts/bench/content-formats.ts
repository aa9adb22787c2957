/** Writes the same facts in our format and in the one that a generator of sites for general use reads well. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { architectures, type ClaimFacts, type Facts, type IssueFacts, type ProjectFacts } from './facts.ts'

/** How one side keeps its content. JSON's strings are YAML's too. */
export interface ContentFormat {
  /** What a folder has beside projects and issues. */
  writeFrame(folder: string): void
  projectText(project: ProjectFacts): string
  issueText(issue: IssueFacts): string
}

/** @param standard  the content folder of the product, whose architectures and categories serve here too */
export function ourFormat(standard: string): ContentFormat {
  return {
    writeFrame(folder) {
      for (const name of ['site.yml', 'architectures.yml', 'categories.yml'])
        cpSync(join(standard, name), join(folder, name))
      writeFileSync(join(folder, 'people.yml'), 'editor: {name: The Editor}\n')
    },
    projectText(project) {
      const claims = Object.entries(project.claims).flatMap(([architecture, list]) =>
        list.map((claim) => `  - architectures: [${architecture}]\n${claimLines(claim, '    ')}`),
      )
      return `---\nname: ${quoted(project.name)}\n${commonLines(project)}${claims.length > 0 ? `claims:\n${claims.join('')}` : ''}---\n\n${project.body}\n`
    },
    issueText(issue) {
      return `---\nnumber: ${Number(issue.id)}\nauthors: [editor]\nstate: published\n${issueLines(issue)}---\n\n${issue.body}\n`
    },
  }
}

/** For Hugo and Eleventy: what a page is called is its `title`, and claims are found by their architecture. */
export const peerFormat: ContentFormat = {
  writeFrame(folder) {
    mkdirSync(join(folder, 'architectures'), { recursive: true })
    for (const architecture of architectures)
      writeFileSync(join(folder, 'architectures', `${architecture}.md`), `---\ntitle: ${quoted(architecture)}\n---\n`)
  },
  projectText(project) {
    const claims = Object.entries(project.claims).map(
      ([architecture, list]) =>
        `  ${architecture}:\n${list.map((claim) => `    - ${claimLines(claim, '      ').slice(6)}`).join('')}`,
    )
    return `---\ntitle: ${quoted(project.name)}\n${commonLines(project)}${claims.length > 0 ? `claims:\n${claims.join('')}` : 'claims: {}\n'}---\n\n${project.body}\n`
  },
  issueText(issue) {
    return `---\nnumber: ${Number(issue.id)}\nauthors: [editor]\n${issueLines(issue)}---\n\n${issue.body}\n`
  },
}

export function writeContent(format: ContentFormat, facts: Facts, folder: string): void {
  for (const name of ['projects', 'issues']) mkdirSync(join(folder, name), { recursive: true })
  format.writeFrame(folder)
  for (const project of facts.projects) writeProject(format, project, folder)
  for (const issue of facts.issues) writeIssue(format, issue, folder)
}

export function writeProject(format: ContentFormat, project: ProjectFacts, folder: string): void {
  writeFileSync(join(folder, 'projects', `${project.id}.md`), format.projectText(project))
}

export function writeIssue(format: ContentFormat, issue: IssueFacts, folder: string): void {
  writeFileSync(join(folder, 'issues', `${issue.id}.md`), format.issueText(issue))
}

function commonLines({ summary, homepage, repository, category, language }: ProjectFacts): string {
  return `summary: ${quoted(summary)}\nhomepage: ${homepage}\nrepository: ${repository}\ncategories: [${category}]\nlanguages: [${language}]\n`
}

function issueLines({ title, date, summary }: IssueFacts): string {
  return `title: ${quoted(title)}\ndate: ${quoted(date)}\nsummary: ${quoted(summary)}\n`
}

function claimLines({ support, date, link, since, note }: ClaimFacts, indent: string): string {
  const lines = [
    `support: ${support}`,
    `date: ${quoted(date)}`,
    `link: ${link}`,
    `since: ${quoted(since)}`,
    `note: ${quoted(note)}`,
  ]
  return lines.map((line) => `${indent}${line}\n`).join('')
}

function quoted(text: string): string {
  return JSON.stringify(text)
}
