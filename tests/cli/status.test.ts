/** The page of the matrix and the command line find the same projects for the same question. */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadCatalog } from '#catalog/catalog.ts'
import { decodeMatrix } from '#query/matrix-index.ts'
import { folded } from '#query/fold.ts'
import { selectRows } from '#query/select.ts'
import { emptyState, committed, controlNames, questionOf, readState, type MatrixOffer } from '#scripts/matrix-state.ts'
import { run } from '#tests/builders.ts'
import { viewColumns, viewMatrix } from '#views/matrix.ts'
import { viewMatrixIndex, viewMatrixWords } from '#views/matrix-index.ts'
import { pageContextOf } from '../views/page-context.ts'

const folder = join(import.meta.dirname, '../../content')
const { catalog } = loadCatalog(folder, folder)
const context = pageContextOf({}, { catalog })
const columns = viewColumns(context)
const shown = columns.filter(({ isShown }) => isShown).map(({ id }) => id)
const index = viewMatrixIndex(context)
const words = viewMatrixWords(context)
/** As the script of a long matrix makes them. */
const rows = decodeMatrix(index).map((row, place) => ({
  ...row,
  names: [row.name, row.id, ...row.aliases].map(folded).join('\n'),
  text: folded(`${words.summaries.split('\n')[place] ?? ''} ${words.identifiers.split('\n')[place] ?? ''}`),
  months: [],
}))
const offer: MatrixOffer = {
  vocabulary: {
    architectures: new Map(
      columns.flatMap(({ id, aliases }) => [id, ...aliases].map((word) => [word.toLowerCase(), id])),
    ),
    ambiguous: new Map(),
    categories: new Set(viewMatrix(context).categories.map(({ id }) => id)),
  },
  columns: index.columns,
  has: (control, word) => controlNames.includes(control) && word !== '',
}

function onPage(question: string): string[] {
  const state = readState(`q=${encodeURIComponent(question)}`, offer)
  expect(committed({ ...emptyState, text: question }, offer)).toEqual(state)
  const query = questionOf(state, offer.vocabulary)
  expect(query.problems).toEqual([])
  return selectRows(rows, { query, columns: index.columns, shown, sort: 'name' }).flatMap(
    (place) => rows[place]?.id ?? [],
  )
}

interface Told {
  project: string
  architecture: string
  support: string
  basis: string
}
async function onCommandLine(question: string, ...more: string[]): Promise<Told[]> {
  const { code, answer, told } = await run(['status', '--content', folder, '--query', question, '--json', ...more])
  expect({ code, told }).toEqual({ code: 0, told: '' })
  return JSON.parse(answer) as Told[]
}

describe('the page and the command line find the same projects for', () => {
  test.each([
    'redis',
    'sql -go',
    '"load balancer" -nginx',
    'is:works',
    '-is:works',
    'is:works -is:no',
    'is:broken,unsupported',
    'is:not-known',
    '-is:not-known',
    'is:limited -execution:emulated',
    'is:stale',
    '-is:stale',
    'basis:verified level>=starts -is:no',
    'level>=tested execution:native',
    '-level>=builds is:works',
    'stale:no',
    '-stale:yes',
    'is:disputed',
    'category:databases',
    '-category:databases is:works -sql',
    'arch:riscv64',
    'arch:aarch64 is:works stale:no',
    'arch:riscv64 -is:works',
    'arch:loong64 is:works',
    'arch:loong64 -is:works category:databases,storage',
    'is:emulated riscv64',
    'nginx aarch64',
    'pkg:golang',
    '',
  ])('%j', async (question) => {
    const told = await onCommandLine(question)
    const ids = [...new Set(told.map(({ project }) => project))].sort()
    expect(ids).toEqual(onPage(question).sort())
  })

  test('questions of which most find some projects and not others', () => {
    const counts = ['-is:works', 'is:works -is:no', '-is:stale', 'is:limited -execution:emulated', 'sql -go'].map(
      (question) => onPage(question).length,
    )
    for (const count of counts) {
      expect(count).toBeGreaterThan(0)
      expect(count).toBeLessThan(rows.length)
    }
  })
})

describe('status --query', () => {
  test('tells the cells for which a project is found, in the columns that the matrix shows first', async () => {
    const told = await onCommandLine('is:works')
    expect(new Set(told.map(({ support }) => support))).toEqual(new Set(['works']))
    expect(told.filter(({ architecture }) => !shown.includes(architecture))).toEqual([])
    const everywhere = await onCommandLine('is:works', '--all-columns')
    expect(everywhere.length).toBeGreaterThan(told.length)
    expect(everywhere.some(({ architecture }) => !shown.includes(architecture))).toBe(true)
  })

  test('looks at an architecture that it names, shown or not', async () => {
    const told = await onCommandLine('arch:loong64 -is:no')
    expect(new Set(told.map(({ architecture }) => architecture))).toEqual(new Set(['loong64']))
  })

  test('says what it looked at', async () => {
    const { told } = await run(['status', '--content', folder, '--query', 'arch:s390x is:works'])
    expect(told).toMatch(/^\d+ cells of \d+, \d+ projects[.] Asked about s390x[.]\n$/)
  })

  test.each(['-is:works', '-redis'])('takes a question that begins with a minus: %s', async (question) => {
    expect(await onCommandLine(question)).toEqual(
      JSON.parse((await run(['status', '--content', folder, `--query=${question}`, '--json'])).answer),
    )
  })

  test('does not take another option for a question', async () => {
    expect(await run(['status', '--content', folder, '--query', '--json'])).toMatchObject({ code: 2, answer: '' })
    expect(await run(['status', '--content', folder, '--query'])).toMatchObject({ code: 2, answer: '' })
  })

  test.each([
    [
      'arch:arm64 arch:riscv64',
      'Unexpected condition `arch:riscv64`: a question is about one architecture, or about all of them.\n',
    ],
    ['category:database', '`database` is no category here. Did you mean `databases`? Expected one of `databases`, '],
    ['fooo:bar', '`fooo` is no field. Expected one of `arch:`, `is:`, '],
    [
      'arch:arm',
      '`arm` could mean several architectures: `arm64` (prose, such as the name of this newsletter) or `armv7` (OCI images without a variant, and Node.js) or `armv6` (Go with GOARM=6, and Node.js). Expected one of `arm64`, `armv7`, `armv6`.\n',
    ],
    ['arch:armv5', '`armv5` is no architecture here. Expected one of `amd64`, '],
    ['arch:ppc64', '`ppc64` is no architecture here. Expected one of `amd64`, '],
    ['catgory:databases', '`catgory` is no field. Did you mean `category:`? '],
  ])('of %s says what is wrong, and answers nothing', async (question, sentence) => {
    const { code, answer, told } = await run(['status', '--content', folder, '--query', question])
    expect([code, answer]).toEqual([2, ''])
    expect(told).toContain(sentence)
  })
})
