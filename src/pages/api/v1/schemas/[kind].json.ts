import { jsonSchemaOf, schemaNames } from '#site/schemas.ts'

export function getStaticPaths() {
  return schemaNames.map((kind) => ({ params: { kind } }))
}

export function GET({ params }: { params: { kind: string } }): Response {
  return new Response(`${JSON.stringify(jsonSchemaOf(params.kind), null, 2)}\n`, {
    headers: { 'content-type': 'application/schema+json' },
  })
}
