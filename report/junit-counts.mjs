/**
 * The tests of JUnit XML, counted without a library: an action brings none. It reads tags and their nesting and nothing
 * else; what the generator's own adapter reads of the recorded reports, this reads too, and a test holds the two together.
 */

/** @typedef {import('./world.d.ts').Counts} Counts */
/** @typedef {{ name: string, failed: boolean, skipped: boolean }} Frame */

const deepest = 64
const skippedWords = ['notrun', 'disabled', 'skipped', 'suppressed', 'ignored', 'pending']
const failedWords = ['fail', 'failed', 'failure', 'error', 'errored']

/**
 * @param {string} text
 * @returns {Counts | string} what was expected, where it is no report
 */
export function junitCounts(text) {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  /** @type {Frame[]} */
  const frames = []
  let roots = 0

  for (let at = text.indexOf('<'); at !== -1;) {
    const end = endOfMarkup(text, at)
    if (end === -1) return 'a whole file: it ends within a tag'
    const markup = text.slice(at, end)
    at = text.indexOf('<', end)
    if (markup.startsWith('<?') || markup.startsWith('<!--') || markup.startsWith('<![CDATA[')) continue
    if (markup.startsWith('<!')) return 'XML without a document type'
    if (markup.startsWith('</')) {
      const frame = frames.pop()
      if (frame?.name !== nameOf(markup)) return 'tags that are closed in their order'
      close(frame, counts)
      continue
    }
    const name = nameOf(markup)
    if (name === '') return 'tags with names'
    if (frames.length === 0) {
      roots += 1
      if (roots > 1 || (name !== 'testsuites' && name !== 'testsuite')) return 'one `testsuites` or `testsuite`'
    }
    if (frames.length === deepest) return `at most ${deepest} elements within each other`
    note(name, frames.at(-1), counts)
    const frame = { name, ...statusOf(markup) }
    if (markup.endsWith('/>')) close(frame, counts)
    else frames.push(frame)
  }
  if (roots === 0) return 'one `testsuites` or `testsuite`'
  return frames.length === 0 ? counts : 'a whole file: not every tag is closed'
}

/**
 * Where a piece of markup ends: behind its `>`, which may stand in quotes too.
 * @param {string} text
 * @param {number} from
 */
function endOfMarkup(text, from) {
  for (const [begin, mark] of [
    ['<!--', '-->'],
    ['<![CDATA[', ']]>'],
    ['<?', '?>'],
  ]) {
    if (begin === undefined || mark === undefined || !text.startsWith(begin, from)) continue
    const end = text.indexOf(mark, from + begin.length)
    return end === -1 ? -1 : end + mark.length
  }
  let quote = ''
  for (let at = from; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (quote !== '') quote = character === quote ? '' : quote
    else if (character === '"' || character === "'") quote = character
    else if (character === '>') return at + 1
  }
  return -1
}

/** @param {string} markup */
function nameOf(markup) {
  return /^<\/?([A-Za-z_][\w.:-]*)/.exec(markup)?.[1] ?? ''
}

/**
 * What an element says about the one that it stands in.
 * @param {string} name
 * @param {Frame | undefined} parent
 * @param {Counts} counts
 */
function note(name, parent, counts) {
  if (!parent) return
  if (name === 'failure' || name === 'error') {
    if (parent.name === 'testcase') parent.failed = true
    // What a suite itself failed with: its set-up, or a test file that did not load.
    else if (parent.name === 'testsuite' || parent.name === 'testsuites') counts.failed += 1
  }
  if (parent.name !== 'testcase') return
  if (name === 'rerunFailure' || name === 'rerunError') parent.failed = true
  if (name === 'skipped' || name === 'disabled') parent.skipped = true
}

/**
 * @param {Frame} frame
 * @param {Counts} counts
 */
function close({ name, failed, skipped }, counts) {
  if (name === 'testcase') counts[failed ? 'failed' : skipped ? 'skipped' : 'passed'] += 1
}

/**
 * GoogleTest and CTest say in attributes what others say in elements.
 * @param {string} markup
 */
function statusOf(markup) {
  const said = [...markup.matchAll(/\s(?:status|result)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, double, single]) =>
    (double ?? single ?? '').toLowerCase(),
  )
  return {
    failed: said.some((word) => failedWords.includes(word)),
    skipped: said.some((word) => skippedWords.includes(word)),
  }
}
