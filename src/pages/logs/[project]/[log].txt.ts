import type { APIContext } from 'astro'
import { logs } from '#site/logs.ts'

interface Props {
  content: () => string
}

export function getStaticPaths() {
  return [...logs()].map(({ path, content }) => {
    const [, , project, log] = path.replace(/\.txt$/, '').split('/')
    return { params: { project, log }, props: { content } }
  })
}

export function GET({ props }: APIContext<Props>): Response {
  return new Response(props.content(), { headers: { 'content-type': 'text/plain; charset=utf-8' } })
}
