/** An image that a file asks for, as a component. */
import type { Findings } from './findings.ts'
import { parseImageName, platformImage } from './image-name.ts'

/**
 * Adds an image by its name as it is written. One whose name is open until the build is added by that name alone.
 * @param platform what the file pins it to, where it does
 */
export function addImage(name: string, platform: string | undefined, line: number, findings: Findings): void {
  // The version may be open: `nginx:${TAG}` is nginx.
  const closed = name.replace(/[:@][^/:@]*\$[^/]*$/, '')
  const isOpen = closed.includes('$')
  const image = isOpen ? undefined : parseImageName(closed)
  if (!image) {
    if (isOpen) findings.addUnidentified(name, undefined, line, { signs: { isImage: true } })
    else findings.refuse('image', name, line)
    return
  }
  const pinnedTo = platform ?? platformImage(image.repository)?.platform
  const [host = '', ...path] = image.repository.split('/')
  const isOfHub = host === 'docker.io'
  const short = isOfHub && path[0] === 'library' ? path.slice(1) : path
  const version = image.tag ?? image.digest
  findings.add(
    {
      type: 'docker',
      name: short.at(-1) ?? '',
      ...(short.length > 1 ? { namespace: short.slice(0, -1).join('/') } : {}),
      ...(version === undefined ? {} : { version }),
      ...(isOfHub ? {} : { qualifiers: { repository_url: host } }),
    },
    line,
    { signs: { isImage: true, ...(pinnedTo === undefined ? {} : { pinnedTo }) } },
  )
}
