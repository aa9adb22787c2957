/**
 * Problems as SARIF 2.1.0, for code scanning and for editors: each with the edit that its fix asks for.
 * Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
import { createHash } from 'node:crypto'
import { editOf, fileOfChange, positionAt } from '#catalog/change.ts'
import type { Problem } from '#domain/problem.ts'

export interface SarifContext {
  /** The text of a file, by the name that problems give it; undefined where it is none. */
  textOf: (file: string) => string | undefined
  /** A file of the content folder, by the name that problems give it. */
  shownFile: (file: string) => string
  /** The page of the site that tells about a code. */
  helpOf: (code: string) => string | undefined
}

export function serializeSarif(problems: readonly Problem[], context: SarifContext): string {
  const codes = [...new Set(problems.map(({ code }) => code))].sort()
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'works-on-arm',
            rules: codes.map((code) => {
              const help = context.helpOf(code)
              return {
                id: code,
                shortDescription: { text: code.replaceAll('-', ' ') },
                help: { text: `docs/problems.md has a paragraph about ${code}.` },
                ...(help !== undefined && { helpUri: help }),
              }
            }),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: problems.map((problem) => resultOf(problem, codes, context)),
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

function resultOf(problem: Problem, codes: readonly string[], context: SarifContext) {
  const { code, severity, place, reason, fix } = problem
  const fixes = fixesOf(problem, context)
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: severity,
    message: { text: `${reason} Fix: ${fix}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(place.file) },
          region: { startLine: place.line, startColumn: place.column },
        },
      },
    ],
    // The same problem on another line is the same problem.
    partialFingerprints: { 'problem/v1': digestOf([place.file, code, problem.actual, reason]) },
    ...(fixes && { fixes }),
  }
}

function fixesOf({ change, place, fix }: Problem, { textOf, shownFile }: SarifContext) {
  if (!change) return undefined
  const other = fileOfChange(change, '')
  const file = other === '' ? place.file : shownFile(other)
  const text = textOf(file)
  const edit = text === undefined ? undefined : editOf(change, place, { file, text })
  if (text === undefined || !edit) return undefined
  const start = positionAt(text, edit.start)
  const end = positionAt(text, edit.end)
  return [
    {
      description: { text: fix },
      artifactChanges: [
        {
          artifactLocation: { uri: uriOf(file) },
          replacements: [
            {
              deletedRegion: {
                startLine: start.line,
                startColumn: start.column,
                endLine: end.line,
                endColumn: end.column,
              },
              insertedContent: { text: edit.text },
            },
          ],
        },
      ],
    },
  ]
}

/** A relative path as an address: names come from strangers. */
function uriOf(file: string): string {
  const path = file.split('/').map(encodeURIComponent).join('/')
  return file.startsWith('/') ? `file://${path}` : path
}

function digestOf(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32)
}
