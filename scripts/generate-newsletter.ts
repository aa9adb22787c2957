/**
 * Adds a synthetic newsletter to generated content, for benchmarks and for tests at size:
 * `node scripts/generate-newsletter.ts ISSUES ITEMS FOLDER`. The same numbers give the same bytes.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { load } from 'js-yaml'

/** @param folder  content that has projects, architectures.yml and site.yml */
export function generateNewsletter(issues: number, items: number, folder: string): void {
  const projects = readdirSync(join(folder, 'projects')).map((name) => name.replace(/\.md$/, ''))
  const architectures = Object.keys(load(readFileSync(join(folder, 'architectures.yml'), 'utf8')) as object)
  const { sections } = load(readFileSync(join(folder, 'site.yml'), 'utf8')) as { sections: object }
  const topics = Object.keys(sections)
  for (const name of ['issues', 'items']) mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(join(folder, 'people.yml'), 'editor: {name: The Editor}\n')
  const at = (list: readonly string[], index: number): string => list[index % list.length] ?? ''
  for (let number = 1; number <= issues; number += 1) {
    const id = String(number).padStart(4, '0')
    const own = [0, 1, 2].map((offset) => at(topics, number * 3 + offset))
    const text = own.map(
      (topic, index) =>
        `## ${topic} of week ${number} {#${topic}}\n\n${paragraph(number + index)} See [it](/projects/${at(projects, number * 7 + index)}/) on [${at(architectures, number + index)}](/architectures/${at(architectures, number + index)}/).\n\n| program | status |\n| --- | --- |\n| one | works |\n| two | \`a < b && c\` |\n`,
    )
    writeFileSync(
      join(folder, 'issues', `${id}.md`),
      `---\nnumber: ${number}\ntitle: "News, issue ${number}"\ndate: ${dayOf(number)}\nauthors: [editor]\nsummary: "What happened in week ${number}."\nstate: published\nprojects: [${at(projects, number)}]\nsections: [${own.join(', ')}]\n${number % 10 === 0 ? `errata: [{date: ${dayOf(number + 2)}, text: A number was wrong.}]\n` : ''}---\n\nHello from week ${number}.\n\n${text.join('\n')}`,
    )
  }
  for (let index = 0; index < items; index += 1) {
    const issue = 1 + (index % issues)
    writeFileSync(
      join(folder, 'items', `news-${index}.md`),
      `---\ntitle: "News ${index}: ${at(projects, index)} & friends"\nlink: https://news.example.org/${index}\ndate: ${dayOf(issue)}\nsection: ${at(topics, index * 5)}\nprojects: [${at(projects, index)}]\narchitectures: [${at(architectures, index)}]\nissue: "${String(issue).padStart(4, '0')}"\n---\n\n${paragraph(index)}\n`,
    )
  }
}

/** A week apart, the first one in 2016. */
function dayOf(issue: number): string {
  return new Date(Date.UTC(2016, 0, 1) + issue * 7 * 86_400_000).toISOString().slice(0, 10)
}

const words = 'port build kernel release vector patch runner image package test ordering alignment symbol report'.split(
  ' ',
)

function paragraph(seed: number): string {
  const text = Array.from({ length: 30 }, (_, index) => words[(seed * 31 + index * index) % words.length]).join(' ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

if (import.meta.main) {
  const [issues = '', items = '', folder] = process.argv.slice(2)
  if (!/^\d+$/.test(issues) || !/^\d+$/.test(items) || folder === undefined) {
    process.stderr.write('Usage: node scripts/generate-newsletter.ts ISSUES ITEMS FOLDER\n')
    process.exit(2)
  }
  generateNewsletter(Number(issues), Number(items), resolve(folder))
}
