/**
 * What a site writes beside its pages: feeds, schemas, indexes, pictures. One list, which a build
 * writes out and the development server answers from; none of them is a page, so none costs a route.
 */
import { apiListOutputs, apiOutputs } from './api-outputs.ts'
import { badgeOutputs } from './badge-outputs.ts'
import { absoluteAddressOf, context } from './data.ts'
import { feedOutputs } from './feed-outputs.ts'
import { listOutputs } from './list-outputs.ts'
import { keyOfShown } from './keys.ts'
import { mailOutputs } from './mail-outputs.ts'
import { publishing } from './newsletter.ts'
import { stackOutputs } from './stack-outputs.ts'
import { textOutputs } from './text-outputs.ts'
import { viewSocialImages, type SocialImageView } from '#views/social-image.ts'

export interface Output {
  /** Where it is, below the base path: `/atom.xml`. */
  path: string
  /** Made when it is asked for: there may be very many. */
  content: () => string | Uint8Array | Promise<string | Uint8Array>
  /** Outputs with the same word here have the same content: it is made once. */
  sameAs?: string
  /** Digest of all of the content that decides about it: where the last build made it under the same, it is not made. */
  key?: string
  /** All that decides about the content beside the generator itself: under it a build keeps what takes long to make. */
  madeFrom?: () => string
}

/** Every output, each path once. */
export function* outputs(): Generator<Output> {
  yield* outputsWithoutLists()
  yield* listOutputs()
}

/** All but those of `listOutputs`. */
export function* outputsWithoutLists(): Generator<Output> {
  yield* feedOutputs(publishing)
  yield* mailOutputs(publishing)
  yield* stackOutputs()
  yield* apiOutputs()
  yield* badgeOutputs()
  yield* textOutputs()
  for (const view of viewSocialImages(context)) {
    yield {
      path: view.path,
      content: () => draw(view),
      madeFrom: () => JSON.stringify(view),
      key: keyOfShown(['picture', view]),
    }
  }
  yield {
    path: '/robots.txt',
    content: () => `User-agent: *\nAllow: /\n\nSitemap: ${absoluteAddressOf('/sitemap-index.xml')}\n`,
  }
}

/** One output, as the development server is asked for it. */
export function outputAt(path: string): Output | undefined {
  // The list begins with feeds, for which every change of every project is told.
  const own = path.startsWith('/api/')
    ? [...apiOutputs(), ...apiListOutputs()]
    : path.startsWith('/projects/')
      ? textOutputs()
      : []
  for (const list of [own, outputs()]) {
    for (const output of list) if (output.path === path) return output
  }
  return undefined
}

/** Nothing of it is loaded where all pictures were kept. */
async function draw(view: SocialImageView): Promise<Uint8Array> {
  const { drawSocialImage } = await import('./social-image.ts')
  return drawSocialImage(view)
}
