/** The figures of a report in words, the same wherever it is shown. */
import { shown } from './problems.ts'
import { verdicts, type Report } from './report.ts'

type Figures = Pick<Report, 'architecture' | 'files' | 'components' | 'groups' | 'counts'>

/** In one sentence: how many components, what they are counted as, and how many there are of each verdict. */
export function figuresOf({ architecture, files, components, groups, counts }: Figures): string {
  if (components === 0) return nothingNamed(files)
  const told = verdicts.map((verdict) => `${counts[verdict].toLocaleString('en')} ${verdict}`).join(', ')
  return `${counted(components, 'component')} on ${architecture}${grouping(components, groups)}: ${told}.`
}

export function counted(number: number, noun: string, plural = `${noun}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? noun : plural}`
}

function grouping(components: number, groups: number): string {
  if (groups === components) return ''
  const number = groups.toLocaleString('en')
  return groups < components
    ? `, ${number} once builds and versions of one thing are grouped`
    : `, which may mean ${number} projects or packages`
}

function nothingNamed(files: Report['files']): string {
  const read = files.filter(({ format }) => format !== undefined)
  const [first] = read
  if (!first) return 'Nothing was read.'
  return read.length === 1 ? `${shown(first.name)} names no packages.` : 'The files name no packages.'
}
