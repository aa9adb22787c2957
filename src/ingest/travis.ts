/** Travis CI: the webhook, form-encoded or as plain JSON, and builds and jobs of the API, version 3. */
import { z } from 'zod'
import type { Adapted, Adapter, Spot } from './adapter.ts'
import { parseDocument, type CiDocument } from './document.ts'
import { badDocument } from './problems.ts'
import { adaptBuild, adaptJob } from './travis-api.ts'
import type { Path } from './travis-job.ts'
import { adaptWebhook } from './travis-webhook.ts'

export const travis: Adapter = {
  name: 'travis',
  title: 'Travis CI: webhook, builds and jobs (API v3)',
  recognises: (document) => kindOf(jsonOf(document)) !== undefined,
  adapt(document) {
    const json = jsonOf(document)
    const adapted = adaptJson(json)
    return document.json === undefined ? withoutPaths(adapted) : adapted
  },
}

/** The webhook is a form with one field; its value is JSON. */
function jsonOf({ json, text }: CiDocument): unknown {
  if (json !== undefined || !text.startsWith('payload=')) return json
  return parseDocument(new URLSearchParams(text.trim()).get('payload') ?? '').json
}

/** Within a form there are no lines to point at. */
function withoutPaths({ results, problems, ignored }: Adapted): Adapted {
  const spot: Spot = { line: 1, column: 1 }
  return {
    results: results.map((result) => ({ ...result, spot })),
    problems: problems.map((problem) => ({ ...problem, spot })),
    ignored,
  }
}

const Webhook = z.object({ matrix: z.array(z.unknown()), build_url: z.string(), repository: z.looseObject({}) })
const ApiV3 = z.object({ '@type': z.enum(['build', 'builds', 'job', 'jobs']), '@href': z.string() })

function kindOf(json: unknown): 'webhook' | z.infer<typeof ApiV3>['@type'] | undefined {
  if (Webhook.safeParse(json).success) return 'webhook'
  return ApiV3.safeParse(json).data?.['@type']
}

function adaptJson(json: unknown): Adapted {
  const adapted: Adapted = { results: [], problems: [], ignored: 0 }
  switch (kindOf(json)) {
    case 'webhook':
      adaptWebhook(json, adapted)
      break
    case 'build':
      adaptBuild(json, [], adapted)
      break
    case 'builds':
      adaptList(json, 'builds', adaptBuild, adapted)
      break
    case 'job':
      adaptJob(json, [], undefined, adapted)
      break
    case 'jobs':
      adaptList(
        json,
        'jobs',
        (value, spot) => {
          adaptJob(value, spot, undefined, adapted)
        },
        adapted,
      )
      break
    case undefined:
      adapted.problems.push(badDocument([], 'document', undefined, 'a webhook, a build or a job of Travis CI'))
      break
  }
  return adapted
}

function adaptList(
  json: unknown,
  key: 'builds' | 'jobs',
  adaptOne: (value: unknown, spot: Path, adapted: Adapted) => void,
  adapted: Adapted,
): void {
  const list = z.object({ builds: z.unknown().optional(), jobs: z.unknown().optional() }).safeParse(json).data?.[key]
  if (!Array.isArray(list)) adapted.problems.push(badDocument([key], key, undefined, 'a list'))
  else list.forEach((value: unknown, index) => void adaptOne(value, [key, index], adapted))
}
