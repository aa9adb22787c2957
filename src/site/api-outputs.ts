/** The API: JSON for programs, and what describes it. */
import { serializeOpenApi } from '#feeds/openapi.ts'
import { serializeTypes } from '#feeds/type-declarations.ts'
import { viewApi } from '#views/api-description.ts'
import { partsOfAnswers } from '#views/api-json-schema.ts'
import { viewApiChangesOfYear, viewApiIssues, viewApiNewestChanges, viewChangesByYear } from '#views/api-lists.ts'
import { viewApiMatrix } from '#views/api-matrix.ts'
import { projectsByAddress, viewApiProject, viewApiProjects } from '#views/api-projects.ts'
import { context } from './data.ts'
import { keyOfProject, keyOfShown } from './keys.ts'
import { publishing } from './newsletter.ts'
import type { Output } from './outputs.ts'
import { jsonSchemaOf, schemaNames } from './schemas.ts'

export function* apiOutputs(): Generator<Output> {
  yield { path: '/api/v1/issues.json', content: () => json(viewApiIssues(publishing)) }
  yield { path: '/api/v1/openapi.json', content: () => serializeOpenApi(viewApi(context), partsOfAnswers()) }
  yield {
    path: '/api/v1/types.d.ts',
    content: () => serializeTypes(partsOfAnswers(), viewApi(context).title),
    key: keyOfShown(['types']),
  }
  for (const name of schemaNames) {
    yield {
      path: `/api/v1/schemas/${name}.json`,
      content: () => `${JSON.stringify(jsonSchemaOf(name), null, 2)}\n`,
      key: keyOfShown(['schema', name]),
    }
  }
  for (const [id, project] of projectsByAddress(context)) {
    yield {
      path: `/api/v1/projects/${id}.json`,
      content: () => json(viewApiProject(project, context)),
      // Every answer names the clock of its build.
      key: `${context.asOf} ${keyOfProject(project)}`,
    }
  }
}

/** What it says of all projects at once. */
export function* apiListOutputs(): Generator<Output> {
  yield { path: '/api/v1/matrix.json', content: () => json(viewApiMatrix(context)) }
  yield { path: '/api/v1/projects.json', content: () => json(viewApiProjects(context)) }
  const years = viewChangesByYear(context)
  yield { path: '/api/v1/changes.json', content: () => json(viewApiNewestChanges(years, context)) }
  for (const { year, changes } of years) {
    yield {
      path: `/api/v1/changes/${year}.json`,
      content: () => json(viewApiChangesOfYear(year, changes, context)),
    }
  }
}

function json(answer: object): string {
  return `${JSON.stringify(answer)}\n`
}
