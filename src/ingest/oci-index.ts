/** OCI image indexes and Docker manifest lists: for which architectures an image exists. */
import { z } from 'zod'
import type { CiProvider } from '#domain/ci-provider.ts'
import { CiText } from '#domain/evidence.ts'
import type { Adapted, Adapter, CiResult, DocumentProblem, Spot } from './adapter.ts'
import type { CiDocument } from './document.ts'
import { toUtcSeconds } from './instant.ts'
import { architectureOfPlatform } from './oci-platform.ts'
import { badDocument } from './problems.ts'
import { runIdOfContent } from './test-counts.ts'

export const ociIndex: Adapter = {
  name: 'oci',
  title: 'OCI image index or Docker manifest list: architectures of an image',
  recognises: ({ json }) => isIndex(json) || isManifest(json),
  adapt: (document) => (isManifest(document.json) ? refuseManifest() : adaptIndex(document)),
}

const indexTypes: readonly unknown[] = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
]
const manifestTypes: readonly unknown[] = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v1+prettyjws',
]

const AnyManifest = z.object({
  schemaVersion: z.literal([1, 2]),
  mediaType: z.unknown().optional(),
  manifests: z.unknown().optional(),
  layers: z.unknown().optional(),
  fsLayers: z.unknown().optional(),
})

function isIndex(json: unknown): boolean {
  const { success, data } = AnyManifest.safeParse(json)
  if (!success || manifestTypes.includes(data.mediaType)) return false
  return indexTypes.includes(data.mediaType) || (Array.isArray(data.manifests) && data.mediaType === undefined)
}

function isManifest(json: unknown): boolean {
  const { success, data } = AnyManifest.safeParse(json)
  if (!success || isIndex(json)) return false
  return manifestTypes.includes(data.mediaType) || Array.isArray(data.layers) || Array.isArray(data.fsLayers)
}

function refuseManifest(): Adapted {
  const problem: DocumentProblem = {
    code: 'single-manifest',
    severity: 'error',
    spot: [],
    reason:
      'Unexpected manifest of one image, expected an index: a manifest does not say for which architecture it is.',
    expected: 'an OCI image index or a Docker manifest list',
    actual: 'an image manifest',
    fix: 'send the index of the tag (`docker buildx imagetools inspect --raw IMAGE:TAG`); an image that has none exists for one architecture only, and its configuration names it',
  }
  return { results: [], problems: [problem], ignored: 0 }
}

const created = 'org.opencontainers.image.created'
const imageVersion = 'org.opencontainers.image.version'
const imageName = 'io.containerd.image.name'

const Annotations = z
  .object({
    [created]: z.string().optional().catch(undefined),
    [imageVersion]: CiText(80).optional().catch(undefined),
    [imageName]: CiText(300).optional().catch(undefined),
    'vnd.docker.reference.type': z.unknown().optional(),
  })
  .partial()
type Annotations = z.infer<typeof Annotations>

const Descriptor = z.object({
  mediaType: z.unknown().optional(),
  artifactType: z.unknown().optional(),
  digest: CiText(150).regex(/^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[a-zA-Z0-9=_-]{32,}$/),
  platform: z.unknown().optional(),
  annotations: Annotations.optional().catch(undefined),
})

const Word = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/)
const PlatformField = z.object({ architecture: Word, os: Word, variant: z.union([Word, z.literal('')]).optional() })

const Index = z.object({ manifests: z.array(z.unknown()), annotations: Annotations.optional().catch(undefined) })

function adaptIndex(document: CiDocument): Adapted {
  const index = Index.safeParse(document.json)
  if (!index.success) {
    return {
      results: [],
      problems: [badDocument(['manifests'], 'index', undefined, 'a list of manifests')],
      ignored: 0,
    }
  }
  const adapted: Adapted = { results: [], problems: [], ignored: 0 }
  const runId = runIdOfContent(document)
  const seen = new Set<string>()
  for (const [at, value] of index.data.manifests.entries()) {
    const spot: Spot = ['manifests', at]
    const read = readManifest(value, spot)
    if (read.problem) adapted.problems.push(read.problem)
    // The same platform twice: one image in two compressions, or for two versions of Windows.
    else if (!read.image || seen.has(read.image.job)) adapted.ignored += 1
    else {
      seen.add(read.image.job)
      adapted.results.push(resultOf(read.image, index.data.annotations ?? {}, runId, spot))
    }
  }
  return adapted
}

interface Image {
  digest: string
  architecture: string
  os: string
  annotations: Annotations
  /** What tells the images of an index apart, as a registration would name it: `linux/arm64`. */
  job: string
}

/** Neither image nor problem: it is there, and says nothing about an architecture. */
function readManifest(value: unknown, spot: Spot): { image?: Image; problem?: DocumentProblem } {
  const descriptor = Descriptor.safeParse(value)
  if (!descriptor.success) {
    const at = Array.isArray(spot) ? [...(spot as readonly (string | number)[]), 'digest'] : spot
    return { problem: badDocument(at, 'manifest', undefined, 'an object with a digest') }
  }
  const { mediaType, digest, platform: said, annotations = {} } = descriptor.data
  if (indexTypes.includes(mediaType)) return { problem: nestedIndex(digest, spot) }
  if (annotations['vnd.docker.reference.type'] !== undefined || said === undefined || said === null) return {}
  const platform = PlatformField.safeParse(said)
  if (!platform.success)
    return { problem: badDocument(spot, 'platform', said, 'an operating system and an architecture') }
  const os = platform.data.os.toLowerCase()
  const architecture = architectureOfPlatform(platform.data)
  if (os === 'unknown' || architecture === undefined) return {}
  return { image: { digest, architecture, os, annotations, job: `${os}/${architecture}` } }
}

function resultOf(
  { digest, architecture, os, annotations, job }: Image,
  ofIndex: Annotations,
  runId: string,
  spot: Spot,
): CiResult {
  const observedAt = toUtcSeconds(annotations[created]) ?? toUtcSeconds(ofIndex[created])
  const version = annotations[imageVersion] ?? ofIndex[imageVersion]
  return {
    provider: 'oci' satisfies CiProvider,
    job,
    runId,
    level: 'available',
    outcome: 'passed',
    architecture,
    ...(os === 'linux' ? {} : { os: os === 'darwin' ? 'macos' : os }),
    // An index does not know its own name; its content is called by its digest.
    artifact: { name: annotations[imageName] ?? ofIndex[imageName] ?? digest, digest },
    ...(version === undefined ? {} : { version }),
    ...(observedAt === undefined ? {} : { observedAt }),
    spot,
  }
}

function nestedIndex(digest: string, spot: Spot): DocumentProblem {
  return {
    code: 'nested-index',
    severity: 'warning',
    spot,
    reason: `Unexpected index within the index, expected manifests of images: what \`${digest}\` holds is not known.`,
    expected: 'manifests of images',
    actual: digest,
    fix: `send that index too (\`docker buildx imagetools inspect --raw IMAGE@${digest}\`)`,
  }
}
