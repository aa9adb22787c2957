import type { APIContext } from 'astro'
import { context } from '#site/data.ts'
import { drawSocialImage } from '#site/social-image.ts'
import { viewSocialImages, type SocialImageView } from '#views/social-image.ts'

export function getStaticPaths() {
  return viewSocialImages(context).map((view) => ({
    params: { name: view.path.replace(/^\/social\/|\.png$/g, '') },
    props: { view },
  }))
}

export async function GET({ props }: APIContext<{ view: SocialImageView }>): Promise<Response> {
  return new Response(await drawSocialImage(props.view))
}
