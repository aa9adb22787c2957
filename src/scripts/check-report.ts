/** Draws a report into the page, from the templates that the page brings. Everything in it is text. */
import { counted, figuresOf } from '#scan/report-words.ts'
import { verdicts, type ReportedPackage, type Verdict } from '#scan/report.ts'
import { code, element, link, quoted, within } from './check-elements.ts'
import type { ShownEntry, ShownReport } from './check-protocol.ts'
import { nothingShown, placesSummary, titleOf, versionsOf } from './check-words.ts'

/** Rows that are drawn at once; more come when they are asked for. */
const rowsAtOnce = 100

export class ReportView {
  private readonly root: HTMLElement
  /** Address of the pages of projects: `/projects/`. */
  private readonly projects: string
  private report: ShownReport | undefined
  private verdict: Verdict | undefined
  private limit = rowsAtOnce

  constructor(root: HTMLElement, projects: string) {
    this.root = root
    this.projects = projects
    this.slot('more').addEventListener('click', () => {
      const first = this.limit
      this.limit += rowsAtOnce
      this.drawRows()
      this.body.rows[first]?.querySelector('a')?.focus()
    })
  }

  /** What a reader is led to. */
  get title(): HTMLElement {
    return this.slot('title')
  }

  /** @returns whether there is anything to show: a file that was not read is no result */
  show(report: ShownReport, verdict: Verdict | undefined): boolean {
    this.root.hidden = report.files.length > 0 && report.files.every(({ format }) => format === undefined)
    if (this.root.hidden) return false
    this.report = report
    this.limit = rowsAtOnce
    this.fill('title', titleOf(report))
    // The counts of verdicts are on their buttons.
    this.fill('figures', report.components === 0 ? figuresOf(report) : figuresOf(report).replace(/: [^:]*$/, '.'))
    this.drawFiles(report)
    // Counts of nothing would read like a result.
    for (const slot of ['counts', 'actions']) this.slot(slot).hidden = report.components === 0
    for (const word of verdicts) this.fill(`count-${word}`, report.counts[word].toLocaleString('en'))
    for (const place of this.root.querySelectorAll('[data-architecture]')) place.textContent = report.architecture
    this.drawOthers(report)
    this.drawProblems(report)
    this.filter(verdict)
    return true
  }

  filter(verdict: Verdict | undefined): void {
    this.verdict = verdict
    this.limit = rowsAtOnce
    for (const button of this.root.querySelectorAll<HTMLElement>('button[data-verdict]')) {
      button.setAttribute('aria-pressed', String(button.dataset.verdict === verdict))
    }
    this.drawRows()
  }

  private get body(): HTMLTableSectionElement {
    const [body] = this.slot('table', HTMLTableElement).tBodies
    if (!body) throw new Error('The table of the report has no body.')
    return body
  }

  private drawRows(): void {
    const { report, verdict } = this
    if (!report) return
    const entries = report.entries.filter((entry) => verdict === undefined || entry.verdict === verdict)
    this.body.replaceChildren(...entries.slice(0, this.limit).map((entry) => this.row(entry, report.architecture)))
    this.slot('table').hidden = entries.length === 0
    const rest = entries.length - this.limit
    this.slot('more').hidden = rest <= 0
    this.fill('more', `Show ${Math.min(rest, rowsAtOnce)} more of ${rest.toLocaleString('en')}`)
    this.fill('none', nothingShown(report, verdict))
    this.slot('none').hidden = entries.length > 0 || report.components === 0
    const isCut = report.entryCount > report.entries.length
    this.slot('cut').hidden = !isCut
    if (isCut)
      this.fill('cut', `The first ${report.entries.length} of ${report.entryCount} entries; a saved report has all.`)
  }

  private row(entry: ShownEntry, architecture: string): Node {
    const row = this.clone('row')
    const { verdict, project, name, reasons } = entry
    const line = row.querySelector('tr')
    if (line) Object.assign(line.dataset, { verdict, ...(project ? { project: project.id } : {}) })
    const head = within(row, 'name')
    const versions = [...new Set(entry.packages.flatMap(({ version }) => version ?? []))]
    if (project) head.append(link(`${this.projects}${project.id}/`, name))
    else head.append(code(name))
    within(row, 'versions').textContent = versionsOf(versions)
    const status = within(row, 'verdict')
    status.textContent = verdict
    Object.assign(status.dataset, appearanceOf[verdict])
    const cell = within(row, 'status')
    if (project && project.basis !== 'none') {
      cell.append(
        link(
          `${this.projects}${project.id}/#${architecture}`,
          `${project.support.replace('-', ' ')}, ${project.basis}`,
        ),
      )
    } else cell.textContent = project ? 'nothing recorded' : 'not in the catalog'
    // The last one of a package that no project is known for repeats what the cell says.
    const shown = project ? reasons : reasons.slice(0, -1)
    within(row, 'reasons').replaceChildren(...shown.map((reason) => element('li', ...quoted(reason))))
    within(row, 'places-summary').textContent = placesSummary(entry)
    within(row, 'places').replaceChildren(...placesOf(entry))
    return row
  }

  private drawFiles({ files, left, components }: ShownReport): void {
    const lines = files.map(({ name, format, components: found }) =>
      format === undefined
        ? element('li', code(name), ' was not read')
        : element('li', code(name), `: ${format}, ${counted(found, 'component')}`),
    )
    if (files.length === 0) {
      const more =
        left === 0
          ? ''
          : ` ${counted(left, 'other component')} of that stack ${left === 1 ? 'is' : 'are'} not in the link.`
      lines.push(element('li', `From a shared link: ${counted(components, 'package')} that the catalog knew.${more}`))
    }
    this.slot('files').replaceChildren(...lines)
  }

  private drawOthers({ others, otherCount }: ShownReport): void {
    this.slot('others').hidden = otherCount === 0
    this.fill('others-summary', `${counted(otherCount, 'package')} not in the catalog`)
    this.slot('others-list').replaceChildren(
      ...others.map(({ name, version }) => element('li', code(name), version === undefined ? '' : ` ${version}`)),
    )
    const isCut = otherCount > others.length
    this.slot('others-cut').hidden = !isCut
    if (isCut) this.fill('others-cut', `The first ${others.length.toLocaleString('en')}; a saved report has all.`)
  }

  /** What was read in part; a file that was not read at all is told before the report. */
  private drawProblems({ problems }: ShownReport): void {
    const warnings = problems.filter(({ severity }) => severity === 'warning')
    this.slot('problems').hidden = warnings.length === 0
    this.slot('problems-list').replaceChildren(
      ...warnings.map(({ place, reason, fix }) =>
        element('li', `Line ${place.line} of `, code(place.file), ': ', ...quoted(`${reason} Try this: ${fix}.`)),
      ),
    )
  }

  private slot(name: string): HTMLElement
  private slot<T extends HTMLElement>(name: string, kind: new () => T): T
  private slot(name: string, kind: new () => HTMLElement = HTMLElement): HTMLElement {
    const found = this.root.querySelector(`[data-slot="${name}"]`)
    if (!(found instanceof kind)) throw new Error(`The page has no place for \`${name}\`.`)
    return found
  }

  private fill(name: string, text: string): void {
    this.slot(name).textContent = text
  }

  private clone(name: string): DocumentFragment {
    // A template's content is a fragment; so is its copy.
    return document.importNode(this.slot(`template-${name}`, HTMLTemplateElement).content, true)
  }
}

/** How a status of the matrix looks that means as much. */
const appearanceOf: Record<Verdict, { group: string; basis: string }> = {
  ready: { group: 'works', basis: 'verified' },
  caution: { group: 'limited', basis: 'claimed' },
  blocked: { group: 'no', basis: 'verified' },
  unknown: { group: 'not-known', basis: 'none' },
}

function placesOf({ packages, packageCount, builds, buildCount }: ShownEntry): Node[] {
  const line = ({ name, version, file, line: at, scope, way }: ReportedPackage) =>
    element(
      'li',
      code(name),
      [
        version === undefined ? '' : ` ${version}`,
        `, ${file}:${at}`,
        scope === undefined ? '' : `, ${scope}`,
        way === undefined ? '' : `, matched ${way}`,
      ].join(''),
    )
  const cut = (shown: number, all: number, noun: string) =>
    all > shown ? [element('li', `and ${counted(all - shown, `more ${noun}`, `more ${noun}s`)}`)] : []
  return [
    ...packages.map(line),
    ...cut(packages.length, packageCount, 'package'),
    ...builds.map(line),
    ...cut(builds.length, buildCount, 'build'),
  ]
}
