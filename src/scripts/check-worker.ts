/**
 * The worker of the check page: reads files and judges them, so that the page stays responsive and can
 * stop it at any time. It keeps the stack, and hands out what a page can show.
 */
import { maximumFileBytes } from '#scan/document.ts'
import { judge } from '#scan/judge.ts'
import { stackTooLarge, stackUnavailable } from '#scan/problems.ts'
import { addFile, emptyStack, type Stack } from '#scan/read-stack.ts'
import { csvOfReport } from '#scan/report-csv.ts'
import { serializeReport, type ReportContext } from '#scan/report-json.ts'
import { markdownOfReport } from '#scan/report-markdown.ts'
import type { Report } from '#scan/report.ts'
import { packReport, unpackReport } from '#scan/share.ts'
import { StackIndex } from '#scan/stack-index.ts'
import {
  maximumShownEntries,
  maximumShownOthers,
  maximumShownPackages,
  type CheckAnswer,
  type CheckRequest,
  type SavedFormat,
  type ShownReport,
  type StackSource,
} from './check-protocol.ts'

// What is read here goes nowhere: a worker has a policy of its own, which a static site cannot set, so it gives up the
// network itself. Modules still load.
for (const name of ['fetch', 'XMLHttpRequest', 'WebSocket', 'WebTransport', 'EventSource', 'BroadcastChannel']) {
  Object.defineProperty(globalThis, name, { value: undefined })
}

// All that dockerfile-ast wants of Node.js: the bytes of a first character, to see a byte order mark.
Object.assign(globalThis, { Buffer: { from: (text: string) => new TextEncoder().encode(text) } })

let stack: Stack = emptyStack()
let left = 0
let index: StackIndex | undefined
let report: Report | undefined

addEventListener('message', ({ data }: MessageEvent<CheckRequest>) => {
  handle(data).catch((error: unknown) => {
    answer({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) })
  })
})

async function handle(request: CheckRequest): Promise<void> {
  switch (request.kind) {
    case 'read':
      index = new StackIndex(request.index)
      await readSource(request.source)
      await tell(request.architecture)
      break
    case 'judge':
      await tell(request.architecture)
      break
    case 'save':
      if (report) answer({ kind: 'saved', format: request.format, text: saved(report, request) })
      break
    default:
      request satisfies never
  }
}

async function readSource(source: StackSource): Promise<void> {
  stack = emptyStack()
  left = 0
  if ('fragment' in source) {
    const shared = await unpackReport(source.fragment)
    if (!shared) throw new Error('The address holds no report that can be read. It may have been cut off on its way.')
    ;({ stack, left } = shared)
    return
  }
  for (const file of source.files) {
    const name = file.name === '' ? 'pasted text' : file.name
    answer({ kind: 'progress', doing: `Reading ${name}, ${sizeOf(file.size)}…` })
    if (file.size > maximumFileBytes) {
      stack.files.push({ name, components: 0 })
      stack.problems.push(stackTooLarge(name, file.size, maximumFileBytes))
      continue
    }
    const bytes = await bytesOf(file)
    if (bytes) await addFile(stack, { name, bytes })
    else {
      stack.files.push({ name, components: 0 })
      stack.problems.push(stackUnavailable(name))
    }
  }
}

/** Undefined for a folder, and for a file that has changed since it was chosen. */
async function bytesOf(file: File): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch {
    return undefined
  }
}

async function tell(architecture: string): Promise<void> {
  if (!index) return
  answer({ kind: 'progress', doing: `Looking up ${stack.components.length.toLocaleString('en')} components…` })
  report = judge(stack, index, architecture)
  answer({ kind: 'report', report: shownPart(report), fragment: await packReport(report) })
}

function shownPart(whole: Report): ShownReport {
  const { entries, others } = whole
  return {
    ...whole,
    entries: entries.slice(0, maximumShownEntries).map((entry) => ({
      ...entry,
      packages: entry.packages.slice(0, maximumShownPackages),
      packageCount: entry.packages.length,
      builds: entry.builds.slice(0, maximumShownPackages),
      buildCount: entry.builds.length,
    })),
    entryCount: entries.length,
    others: others.slice(0, maximumShownOthers),
    otherCount: others.length,
    left,
  }
}

function saved(whole: Report, { format, asOf, projects }: Extract<CheckRequest, { kind: 'save' }>): string {
  const context: ReportContext = { asOf, linkTo: (project, architecture) => `${projects}${project}/#${architecture}` }
  const serializers: Record<SavedFormat, typeof serializeReport> = {
    json: serializeReport,
    csv: csvOfReport,
    markdown: markdownOfReport,
  }
  return serializers[format](whole, context)
}

function sizeOf(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KiB` : `${(bytes / 1024 / 1024).toFixed(1)} MiB`
}

function answer(message: CheckAnswer): void {
  postMessage(message)
}
