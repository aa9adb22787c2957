/** What a reader is told about a stack on one architecture. */
import type { Problem } from '#domain/problem.ts'
import type { Basis, Support } from '#domain/status-words.ts'

export const verdicts = ['ready', 'caution', 'blocked', 'unknown'] as const
export type Verdict = (typeof verdicts)[number]

export const meaningOfVerdict: Record<Verdict, string> = {
  ready: 'works there: fresh evidence shows it, or a claim that is not too old says so',
  caution: 'something is known, and it is not a plain yes: limited, untried, under way, stale or disputed',
  blocked: 'is known not to work there',
  unknown: 'is not in the catalog, or nothing is recorded about it',
}

export interface Report {
  architecture: string
  /** Without a format where it was not read. */
  files: { name: string; format?: string; components: number }[]
  /** How many components the files name. */
  components: number
  /** How many there are once builds and versions of one thing count as one: all that have a verdict. */
  groups: number
  /** How many groups have each verdict; `others` are among the unknown. */
  counts: Record<Verdict, number>
  /** What is known, and what may depend on the architecture, the most pressing first. */
  entries: Entry[]
  /** What is not in the catalog and shows no sign of depending on the architecture, by name. */
  others: ReportedPackage[]
  problems: Problem[]
}

export interface Entry {
  verdict: Verdict
  /** Name of the project, or of the package where no project is known. */
  name: string
  project?: {
    id: string
    support: Support
    basis: Basis
  }
  /** Why, as sentences, the most telling first. */
  reasons: string[]
  packages: ReportedPackage[]
  /** Packages that are its builds for single platforms. */
  builds: ReportedPackage[]
}

export interface ReportedPackage {
  name: string
  version?: string
  purl?: string
  file: string
  line: number
  scope?: string
  /** Why it means the project, where it does not simply name it. */
  way?: string
  /** How many components it stands for, where it is more than itself. */
  components?: number
}
