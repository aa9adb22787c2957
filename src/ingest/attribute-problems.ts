/** Why a result is no evidence, in words for the one who sent it. */
import type { ArchitectureReading } from '#domain/architecture-words.ts'
import type { Source } from '#domain/source.ts'
import type { CiResult, DocumentProblem } from './adapter.ts'
import { shownValue } from './problems.ts'

/** What a file may lack, and the option that says it. */
export const optionFor = {
  project: ['the project', '`--project ID`, or `--source ID` of a registration'],
  architecture: ['the architecture', '`--architecture ID`, or `--source ID` of a registration'],
  level: ['what the run proves', '`--level tested`, or `--source ID` of a registration'],
  link: ['a page of the run', '`--link URL`, or write `link` into the registration'],
} as const

export function needs(what: keyof typeof optionFor, result: CiResult): DocumentProblem {
  const [thing, option] = optionFor[what]
  return {
    code: `missing-${what}`,
    severity: 'error',
    spot: result.spot,
    reason: `Missing ${thing}: the file does not say it, expected it from you.`,
    expected: thing,
    actual: '',
    fix: `call \`ingest\` with ${option}`,
  }
}

/** @param meant the id that somebody most likely meant */
export function unknownProject(word: string, { spot }: CiResult, meant: string | undefined): DocumentProblem {
  return {
    code: 'unknown-project',
    severity: 'error',
    spot,
    reason: `Unexpected project \`${shownValue(word)}\`, expected the id of a file in \`projects/\`.`,
    expected: 'the id of a file in `projects/`',
    actual: shownValue(word),
    fix: didYouMean(meant, 'correct the id, or add the project first'),
  }
}

export function unknownPage(link: string, { spot }: CiResult): DocumentProblem {
  return {
    code: 'unknown-page',
    severity: 'error',
    spot,
    reason: `Unexpected link \`${shownValue(link)}\`, expected the page of the run, or a page of this site.`,
    expected: 'the full address of the run’s page, or the path of a page of this site',
    actual: shownValue(link),
    fix: 'write the full address of the page of the run',
  }
}

export function projectDiffers(project: string, { project: word = '', spot }: CiResult): DocumentProblem {
  return {
    code: 'project-differs',
    severity: 'error',
    spot,
    reason: `Unexpected project \`${shownValue(word)}\`, expected \`${project}\`, as the job is registered.`,
    expected: project,
    actual: shownValue(word),
    fix: 'send the report through the registration of its own project',
  }
}

export function unknownSource(
  word: string,
  registrations: ReadonlyMap<string, Source>,
  { spot }: CiResult,
): DocumentProblem {
  const known = [...registrations.keys()].slice(0, 12).map((id) => `\`${id}\``)
  return {
    code: 'unknown-source',
    severity: 'error',
    spot,
    reason: `Unexpected registration \`${shownValue(word)}\`, expected the id of a file in \`sources/\`.`,
    expected: known.join(', ') || 'the id of a file in `sources/`',
    actual: shownValue(word),
    fix: 'correct `--source`, or add the registration first',
  }
}

export function fromTheFuture(observedAt: string, now: string, { spot }: CiResult): DocumentProblem {
  return {
    code: 'observed-in-future',
    severity: 'error',
    spot,
    reason: `Unexpected end of the run \`${observedAt}\`, expected one that is past: it is \`${now}\`.`,
    expected: `an instant up to ${now}`,
    actual: observedAt,
    fix: 'set the clock of the machine that ran it, and send the result again',
  }
}

export function expired(id: string, expires: string, { spot }: CiResult): DocumentProblem {
  return {
    code: 'registration-expired',
    severity: 'warning',
    spot,
    reason: `Unexpected result through \`${id}\`, expected one from before \`${expires}\`: the registration has expired.`,
    expected: `a run before ${expires}`,
    actual: id,
    fix: 'renew `expires` in the registration, if the job still shows what it says',
  }
}

export function unfit(path: string, expected: string, { spot }: CiResult): DocumentProblem {
  return {
    code: 'bad-document',
    severity: 'error',
    spot,
    reason: `Unexpected value for \`${path}\`, expected ${expected}.`,
    expected,
    actual: path,
    fix: 'send the result as the CI system writes it',
  }
}

/** A word that means no architecture, or several. */
export function unreadableArchitecture(
  word: string,
  reading: Exclude<ArchitectureReading, { kind: 'known' }>,
  { spot }: CiResult,
  meant: string | undefined,
): DocumentProblem {
  const actual = shownValue(word)
  if (reading.kind === 'ambiguous') {
    const readings = reading.readings.map(({ id, where }) => `\`${id}\` (${where})`).join(' or ')
    return {
      code: 'ambiguous-architecture',
      severity: 'error',
      spot,
      reason: `Unexpected architecture \`${actual}\`, expected one that means one thing: ${readings}.`,
      expected: reading.readings.map(({ id }) => id).join(', '),
      actual,
      fix: `write ${reading.readings.map(({ id }) => `\`${id}\``).join(' or ')}, as the run means it`,
    }
  }
  return {
    code: 'unknown-architecture',
    severity: 'error',
    spot,
    reason: `Unexpected architecture \`${actual}\`, expected a column of the matrix or a word for one.`,
    expected: 'an id of `architectures.yml`, or one of its aliases',
    actual,
    fix: didYouMean(meant, 'write the id of a column, as `architectures.yml` has it'),
  }
}

export function architectureDiffers(
  { spot }: CiResult,
  actual: string,
  expected: string,
  why: string,
  fix: string,
): DocumentProblem {
  return {
    code: 'architecture-differs',
    severity: 'error',
    spot,
    reason: `Unexpected result of \`${actual}\`, expected one of \`${expected}\`, ${why}.`,
    expected,
    actual,
    fix,
  }
}

function didYouMean(meant: string | undefined, otherwise: string): string {
  return meant === undefined ? otherwise : `did you mean \`${meant}\`?`
}
