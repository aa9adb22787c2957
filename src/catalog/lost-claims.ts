/** Claims that are gone. A statement is the same while its architectures, its word, its day and its link are. */
import { ArchitectureWords } from '#domain/architecture-words.ts'
import type { Claim } from '#domain/claim.ts'
import type { Place, Problem } from '#domain/problem.ts'
import type { Project } from '#domain/project.ts'
import { groupOfSupport } from '#domain/status-words.ts'
import type { LocatedCatalog, LocatedEntry } from './catalog.ts'
import type { Loss } from './loss.ts'
import { shorten, unexpected } from './problems.ts'
import { placeOfValue } from './validate.ts'
import { parsePositionedYaml } from './yaml.ts'

interface LostClaim {
  claim: Claim
  /** Those of its architectures for which nothing says it any more. */
  architectures: string[]
}

/**
 * @param before the project as it was
 * @param after  the project as it is, under the id that it has now
 * @param by     who said that claims of the file go; what else may say so is a key of the file
 * @param file   what a commit has to name so that they may go
 */
export function lostClaims(
  before: LocatedEntry<Project>,
  after: LocatedEntry<Project>,
  { architectures }: Pick<LocatedCatalog, 'architectures'>,
  by: string | undefined,
  file = after.file,
): Loss[] {
  const lost = withoutStatement(before.data.claims, after.data.claims, saysAsMuch)
  if (lost.length === 0) return []
  const isSaid = saidBy(newEntries(before.data.removes, after.data.removes), new ArchitectureWords(architectures))
  const kept = withoutStatement(after.data.claims, before.data.claims, (claim, other) => saysAsMuch(other, claim))
  return lost.flatMap(({ claim, architectures }) => {
    const who = (architecture: string) =>
      isSaid(claim, architecture) ? `\`removes\` of \`${shorten(after.file)}\`` : by
    return [...Map.groupBy(architectures, who)].map(([by, of]) => ({
      what: `claim of ${of.join(', ')} (${claim.support}, ${claim.date})`,
      problem: problemOf({ claim, architectures: of }, kept, after, file),
      by,
    }))
  })
}

/** What is said of one architecture, with all that makes one statement. */
const statement = (claim: Claim, architecture: string) =>
  JSON.stringify([architecture, claim.support, claim.date, claim.link])
const exactly = (claim: Claim, architecture: string) =>
  `${statement(claim, architecture)}${JSON.stringify(claim.scope)}`

const wholly = (claim: Claim, architecture: string) => JSON.stringify([architecture, { ...claim, architectures: [] }])

/**
 * Whether a statement still says what it did. Limits, or a note that is gone, take away from a negative what it tells;
 * what else is said may be told better in other words.
 */
function saysAsMuch(was: Claim, is: Claim): boolean {
  if (groupOfSupport[was.support] !== 'no') return true
  const limits = [
    [was.since, is.since],
    [was.until, is.until],
    [was.scope && JSON.stringify(was.scope), is.scope && JSON.stringify(is.scope)],
  ]
  const isLimited = limits.some(([before, now]) => now !== undefined && now !== before)
  const lengthOf = ({ note = '' }: Claim) => note.trim().length
  return !isLimited && lengthOf(is) * 2 >= lengthOf(was)
}

/** Of two claims that differ in their scope alone, each stands for itself; a claim whose scope was edited is still there. */
function withoutStatement(
  some: readonly Claim[],
  others: readonly Claim[],
  isSaidBy: (claim: Claim, other: Claim) => boolean,
): LostClaim[] {
  const pairs = (claims: readonly Claim[]) =>
    claims.flatMap((claim) => [...new Set(claim.architectures)].map((architecture) => ({ claim, architecture })))
  let left = pairs(some)
  let right = pairs(others)
  for (const key of [wholly, exactly, statement]) {
    const free = Map.groupBy(right, ({ claim, architecture }) => key(claim, architecture))
    const used = new Set<(typeof right)[number]>()
    left = left.filter(({ claim, architecture }) => {
      const group = free.get(key(claim, architecture)) ?? []
      const at = group.findLastIndex((other) => isSaidBy(claim, other.claim))
      const [match] = at === -1 ? [] : group.splice(at, 1)
      if (match) used.add(match)
      return match === undefined
    })
    right = right.filter((pair) => !used.has(pair))
  }
  return [...Map.groupBy(left, ({ claim }) => claim)].map(([claim, of]) => ({
    claim,
    architectures: of.map(({ architecture }) => architecture),
  }))
}

/** What was said at another time was said of another claim. */
function newEntries(before: readonly string[], after: readonly string[]): string[] {
  const old = [...before]
  return after.filter((entry) => {
    const at = old.indexOf(entry)
    if (at !== -1) old.splice(at, 1)
    return at === -1
  })
}

function saidBy(entries: readonly string[], words: ArchitectureWords) {
  const texts = new Set(entries)
  const architectures = new Set(
    entries.flatMap((entry) => {
      const reading = words.read(entry)
      return reading.kind === 'known' ? [reading.id] : []
    }),
  )
  return ({ link, date }: Claim, architecture: string) =>
    texts.has(link) || texts.has(date) || texts.has(architecture) || architectures.has(architecture)
}

function problemOf(
  { claim, architectures }: LostClaim,
  fresh: readonly LostClaim[],
  after: LocatedEntry<Project>,
  file: string,
): Problem {
  const said = `${architectures.join(', ')} ${claim.support} ${claim.date} ${claim.link}`
  const isNegative = groupOfSupport[claim.support] === 'no'
  const key = (claim: Claim) => architectures.map((architecture) => statement(claim, architecture)).join()
  const isWeaker = fresh.some(
    ({ claim: other, architectures: of }) => key(claim) === key(other) && overlaps(of, architectures),
  )
  const expected = isWeaker
    ? 'the claim as it was: what a negative says stays, without new limits and with its note'
    : isNegative
      ? 'a negative that stays: it tells the next reader what was tried, and is the history of the cell'
      : 'a claim that stays: it is the history of the cell'
  const isEdited = fresh.some(
    ({ claim: other, architectures: of }) => isNearly(claim, other) && overlaps(of, architectures),
  )
  const way = isWeaker
    ? 'write it again as it was, and add a newer claim beside it; where it was a mistake'
    : isEdited
      ? 'write the old claim again and add the new one beside it; where the old one was a mistake'
      : 'write it again, and add a newer claim where it is no longer true; where it was a mistake'
  return unexpected(
    'claim-removed',
    placeOfClaims(after),
    'removal of claim',
    shorten(said, 300),
    expected,
    `${way}, ${sayIt(claim, after, file)}`,
  )
}

/** A statement of which one part was edited. */
function isNearly(one: Claim, other: Claim): boolean {
  return Number(one.support === other.support) + Number(one.date === other.date) + Number(one.link === other.link) === 2
}

function overlaps(some: readonly string[], others: readonly string[]): boolean {
  return some.some((one) => others.includes(one))
}

function sayIt({ link }: Claim, { data }: LocatedEntry<Project>, file: string): string {
  const entry = /[,[\]{}#'"&*!|>%@]|: /.test(link) ? JSON.stringify(link) : link
  const key = data.removes.length === 0 ? `add \`removes: [${entry}]\`` : `add \`${entry}\` to \`removes\``
  return `${key}, or the line \`removes: ${file}\` to the message of the commit`
}

function placeOfClaims({ source, file, data }: LocatedEntry<Project>): Place {
  return data.claims.length === 0
    ? { file, line: 1, column: 1 }
    : placeOfValue(source, parsePositionedYaml(source.text), ['claims'])
}
