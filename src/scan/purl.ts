/**
 * Package URLs: what identifies a package, whoever names it. https://github.com/package-url/purl-spec
 * The library does the parsing and each type's normalisation; nothing here throws.
 */
import { PackageURL } from 'packageurl-js'

export interface Purl {
  type: string
  namespace?: string
  name: string
  version?: string
  qualifiers?: Readonly<Record<string, string>>
  subpath?: string
}

/** No real one is nearly as long. */
const maximumLength = 2000

/** Undefined where the text is none. */
export function parsePurl(text: string): Purl | undefined {
  if (text.length > maximumLength) return undefined
  return parsed(text) ?? parsed(text.replace(/@[^@/?#]*(?=[?#]|$)/, ''))
}

// A version that the library takes for wrong, such as `v1.2` of a Go module, takes nothing from the name.
function parsed(text: string): Purl | undefined {
  try {
    return plain(PackageURL.fromString(text))
  } catch {
    return undefined
  }
}

/** Undefined where the parts make none: no name, or a type that needs more than is there. */
export function makePurl({ type, namespace, name, version, qualifiers, subpath }: Purl): Purl | undefined {
  const make = (at: string | undefined) =>
    plain(new PackageURL(type, namespace, name, at, qualifiers && { ...qualifiers }, subpath))
  try {
    return make(version)
  } catch {
    if (version === undefined) return undefined
  }
  try {
    return make(undefined)
  } catch {
    return undefined
  }
}

/** The canonical text. */
export function purlText(purl: Purl): string {
  const { type, namespace, name, version, qualifiers, subpath } = purl
  try {
    return new PackageURL(type, namespace, name, version, qualifiers && { ...qualifiers }, subpath).toString()
  } catch {
    // Only half of a surrogate pair cannot be encoded.
    return `pkg:${type}/unwritable`
  }
}

/** Name as people write it, with what it belongs to: `@img/sharp-linux-x64`, `github.com/moby/moby`. */
export function displayName({ type, namespace, name }: Purl): string {
  // Whose distribution a package is of, is not its name.
  if (namespace === undefined || type === 'deb' || type === 'apk' || type === 'rpm') return name
  return type === 'maven' ? `${namespace}:${name}` : `${namespace}/${name}`
}

function plain({ type, namespace, name, version, qualifiers, subpath }: PackageURL): Purl {
  return {
    type,
    name,
    ...(namespace === undefined || namespace === '' ? {} : { namespace }),
    ...(version === undefined || version === '' ? {} : { version }),
    ...(qualifiers ? { qualifiers: { ...qualifiers } } : {}),
    ...(subpath === undefined || subpath === '' ? {} : { subpath }),
  }
}
