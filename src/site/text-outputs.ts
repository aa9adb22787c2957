/** Pages as text, a calendar, and what hosts and language models look for. */
import { portableMarkdown } from '#catalog/portable-markdown.ts'
import { serializeCalendar } from '#feeds/calendar.ts'
import { serializeLlms } from '#feeds/llms.ts'
import { serializeProjectText } from '#feeds/project-text.ts'
import { projectsByAddress, textPathOf } from '#views/api-projects.ts'
import { calendarPath, viewCalendar } from '#views/calendar.ts'
import { viewLlms } from '#views/llms.ts'
import { viewProjectText } from '#views/project-text.ts'
import { absoluteAddressOf, context } from './data.ts'
import { headersFile } from './headers.ts'
import { keyOfProject } from './keys.ts'
import type { Output } from './outputs.ts'

export function* textOutputs(): Generator<Output> {
  yield { path: calendarPath, content: () => serializeCalendar(viewCalendar(context)) }
  yield { path: '/llms.txt', content: () => serializeLlms(viewLlms(context)) }
  yield { path: '/_headers', content: headersFile }
  // Programs do not follow the redirecting pages of a static site: an old id has the text itself.
  for (const [id, project] of projectsByAddress(context)) {
    const page = absoluteAddressOf(`/projects/${project.id}/`)
    const portable = (text: string) => portableMarkdown(text, { absoluteAddressOf, page })
    yield {
      path: textPathOf(id),
      content: () => serializeProjectText(viewProjectText(project, context, portable)),
      key: keyOfProject(project),
    }
  }
}
