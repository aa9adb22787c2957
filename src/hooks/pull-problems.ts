/** What may go wrong with reading an API, in words for whoever keeps the registrations. */
import type { Problem } from '#domain/problem.ts'
import { shownValue } from '#ingest/problems.ts'
import type { ApiAddress } from './pull-address.ts'
import type { Failure } from './pull-client.ts'
import type { RepositoryPlan } from './pull-plan.ts'

/**
 * What a failure means for the registrations of a repository.
 * @param asked what was asked for
 */
export function problemOf(failure: Failure, asked: string, plan: RepositoryPlan, address: ApiAddress): Problem {
  const { title, tokenVariable, token } = address
  switch (failure.kind) {
    case 'missing':
      return repositoryMissing(plan, address)
    case 'token':
      return tokenRefused(address)
    case 'limited':
      return rateLimited(failure.until, address)
    case 'refused':
      return {
        code: 'access-refused',
        severity: 'error',
        place: placeOf(plan),
        reason: `Unexpected answer \`${failure.status}\` of ${title} for ${shown(asked)}, expected what it has to say. ${nothing(plan)}`,
        expected: 'an answer for whoever asks',
        actual: String(failure.status),
        fix:
          token === undefined
            ? `set \`${tokenVariable}\` to a token that may read the repository and its runs`
            : `use a \`${tokenVariable}\` that may read the repository and its runs`,
      }
    case 'elsewhere':
      return unreachable(`it is passed on to \`${failure.origin}\``, asked, plan, address)
    case 'unreachable':
      return unreachable(failure.why, asked, plan, address)
    case 'too-large':
      return {
        code: 'document-too-large',
        severity: 'error',
        place: placeOf(plan),
        reason: `Unexpected size of the answer of ${title} for ${shown(asked)}, expected at most 16 MiB. ${nothing(plan)}`,
        expected: 'at most 16 MiB',
        actual: 'more',
        fix: 'look at it with `curl`; such an answer is none that the API gives by itself',
      }
    case 'unfit':
      return strangeAnswer(asked, plan, address)
    default:
      return failure satisfies never
  }
}

/** An answer that has not the form of what was asked for. */
export function strangeAnswer(asked: string, plan: RepositoryPlan, { title }: ApiAddress): Problem {
  return {
    code: 'bad-document',
    severity: 'error',
    place: placeOf(plan),
    reason: `Unexpected answer of ${title} for ${shown(asked)}, expected what its documentation says. ${nothing(plan)}`,
    expected: 'the answer that the API documents',
    actual: '',
    fix: 'look at it with `curl`; where it is as documented, open a ticket',
  }
}

function unreachable(why: string, asked: string, plan: RepositoryPlan, { title }: ApiAddress): Problem {
  return {
    code: 'provider-unreachable',
    severity: 'error',
    place: placeOf(plan),
    reason: `Unexpected end of the request to ${title} for ${shown(asked)}: ${why}. ${nothing(plan)}`,
    expected: `an answer of ${title}`,
    actual: why.replaceAll('`', ''),
    fix: 'run `pull` again later: what was read is recorded, the rest is read then',
  }
}

function repositoryMissing(plan: RepositoryPlan, { title, token, tokenVariable }: ApiAddress): Problem {
  return {
    code: 'repository-missing',
    severity: 'error',
    place: placeOf(plan),
    reason: `Unexpected repository ${shown(plan.repository)}, expected one that ${title} shows: it is gone, renamed, private, or has no such run.`,
    expected: `a repository that ${title} shows`,
    actual: shownValue(plan.repository),
    fix: `correct \`repository\`, or${token === undefined ? ' set' : ' use a'} \`${tokenVariable}\`${token === undefined ? ' to a token' : ''} that may read it; delete the registration where the project has left`,
  }
}

function tokenRefused({ title, tokenVariable, base }: ApiAddress): Problem {
  return {
    code: 'token-refused',
    severity: 'error',
    place: placeOfApi(base),
    reason: `Unexpected \`${tokenVariable}\`, expected a token that ${title} accepts: it has expired, was taken back, or is of another host.`,
    expected: `a token of ${base.host}`,
    actual: '',
    fix: `renew \`${tokenVariable}\`, or unset it: public repositories are shown without one`,
  }
}

function rateLimited(until: string, { title, token, tokenVariable, base }: ApiAddress): Problem {
  return {
    code: 'rate-limited',
    severity: 'error',
    place: placeOfApi(base),
    reason: `Unexpected answer of ${title}: it was asked too often. It may be asked again at ${until}.`,
    expected: 'room for more calls',
    actual: `none before ${until}`,
    fix: `run \`pull\` again after ${until}: what was read is recorded, the rest is read then${token === undefined ? `; with \`${tokenVariable}\` there is room for more` : ''}`,
  }
}

/** A problem of one registration, and of others in the same repository. */
export function repositoryDiffers(plan: RepositoryPlan, registered: string, found: string): Problem {
  return {
    code: 'repository-differs',
    severity: 'error',
    place: placeOf(plan),
    reason: `Unexpected repository ${shown(plan.repository)} with the id \`${found}\`, expected the id \`${registered}\`: another repository has this name now. ${nothing(plan)}`,
    expected: registered,
    actual: found,
    fix: 'find out where the repository went, and correct `repository`; where the new one is meant, correct `repositoryId`',
  }
}

/** @param isSure whether its id says that it is the same repository */
export function repositoryRenamed(plan: RepositoryPlan, name: string, id: string, isSure: boolean): Problem {
  const today = shownValue(name)
  return {
    code: 'repository-renamed',
    severity: isSure ? 'warning' : 'error',
    place: placeOf(plan),
    reason: `Unexpected repository ${shown(plan.repository)}, expected the name that it has today: \`${today}\`.${isSure ? '' : ` Without \`repositoryId\` nobody can tell whether it is the same one. ${nothing(plan)}`}`,
    expected: today,
    actual: shownValue(plan.repository),
    fix: isSure
      ? `write \`repository: ${today}\`; records keep the name under which they came`
      : `write \`repository: ${today}\` and \`repositoryId: '${id}'\`, after a look at the page of the repository`,
  }
}

export function unknownWorkflow(plan: RepositoryPlan, workflow: string, known: readonly string[]): Problem {
  const expected = known.slice(0, 12).map((name) => `\`${shownValue(name)}\``)
  return {
    code: 'unknown-workflow',
    severity: 'error',
    place: placeOf(plan),
    reason: `Unexpected workflow ${shown(workflow)}, expected one of ${expected.join(', ') || 'none: the repository has no workflow'}.`,
    expected: known.slice(0, 12).map(shownValue).join(', '),
    actual: shownValue(workflow),
    fix: 'write the `name:` of the workflow, as it stands in its file today, or the path of the file: `.github/workflows/ci.yml`',
  }
}

/** A list that moves, or has no end. @param isWhole whether what came of it counts nevertheless */
export function incompleteList(address: string, came: number, total: number | undefined, isWhole: boolean): Problem {
  return {
    code: 'incomplete-list',
    severity: isWhole ? 'warning' : 'error',
    place: { file: address, line: 1, column: 1 },
    reason: `Unexpected end of a list after ${came} entries, expected ${total ?? 'an end that can be reached'}. ${isWhole ? 'What came of it is read.' : 'Nothing is recorded from it.'}`,
    expected: total === undefined ? 'a list with an end' : String(total),
    actual: String(came),
    fix: 'run `pull` again later; where it stays so, read less at a time with `--since` or `--overlap`',
  }
}

/** Pushes to many branches: which of them are tags was asked of the newest alone. */
export function uncheckedRefs(plan: RepositoryPlan, count: number): Problem {
  return {
    code: 'unchecked-refs',
    severity: 'warning',
    place: placeOf(plan),
    reason: `Unexpected number of pushes to other branches or tags than the default branch: of ${count} it was not asked which they are, and they are not read.`,
    expected: 'pushes of the default branch, and few tags',
    actual: String(count),
    fix: 'name the `workflow`, or read less at a time with `--overlap`',
  }
}

function placeOf({ registrations }: RepositoryPlan): Problem['place'] {
  return { file: `sources/${registrations[0]?.id ?? ''}.yml`, line: 1, column: 1 }
}

function placeOfApi(base: URL): Problem['place'] {
  return { file: base.href, line: 1, column: 1 }
}

function nothing({ registrations }: RepositoryPlan): string {
  const ids = registrations.map(({ id }) => `\`${id}\``)
  const more = ids.length > 3 ? ` and ${ids.length - 3} more` : ''
  return `Nothing more is read for ${ids.slice(0, 3).join(', ')}${more}.`
}

function shown(value: string): string {
  return `\`${shownValue(value)}\``
}
