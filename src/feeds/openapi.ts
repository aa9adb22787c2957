/** The API as OpenAPI 3.1 describes it: https://spec.openapis.org/oas/v3.1.1.html */
import { partOfAnswer, type JsonSchema } from '#views/api-json-schema.ts'
import type { ApiPath, ApiDescription } from '#views/api-description.ts'

export function serializeOpenApi(api: ApiDescription, parts: Readonly<Record<string, JsonSchema>>): string {
  const document = {
    openapi: '3.1.1',
    info: {
      title: api.title,
      version: api.version,
      description: api.description,
      ...(api.licence && { license: { name: api.licence.name, url: api.licence.link } }),
    },
    // The path is apart: OpenAPI puts its paths right behind the address, which ends in no slash.
    servers: [
      {
        url: `${api.origin}{base}`,
        variables: { base: { default: api.base, description: 'Path below which the site lives' } },
      },
    ],
    externalDocs: { url: api.page, description: 'The same for people, with examples' },
    paths: Object.fromEntries(api.paths.map((path) => [path.path, { get: operation(path) }])),
    components: { schemas: inComponents(parts) },
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

function operation({ path, id, summary, mediaType, answer, parameters }: ApiPath) {
  return {
    operationId: id,
    summary,
    ...(parameters.length > 0 && {
      parameters: parameters.map(({ name, description, pattern }) => ({
        name,
        in: 'path',
        required: true,
        description,
        schema: { type: 'string', pattern },
      })),
    }),
    responses: {
      200: {
        description: summary,
        content: {
          [mediaType]: {
            schema:
              answer === undefined
                ? { type: mediaType === 'application/json' ? 'object' : 'string' }
                : { $ref: `#/components/schemas/${partOfAnswer(answer)}` },
          },
        },
      },
      ...(path.includes('{') && { 404: { description: 'There is no such file' } }),
    },
  }
}

/** The parts refer to each other by where they are in this document. */
function inComponents(parts: Readonly<Record<string, JsonSchema>>): unknown {
  return JSON.parse(JSON.stringify(parts).replaceAll('"#/$defs/', '"#/components/schemas/'))
}
