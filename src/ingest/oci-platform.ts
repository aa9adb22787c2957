/**
 * Platforms of images, as the OCI image specification and containerd's `platforms` package, which
 * most tools follow, define them. https://github.com/containerd/platforms/blob/main/database.go
 */

export interface Platform {
  architecture: string
  os: string
  variant?: string | undefined
}

/**
 * Our reading of a platform's architecture. Undefined for what runs on no machine that we could
 * name: a placeholder, or a variant that later machines of an architecture have alone.
 */
export function architectureOfPlatform({ architecture, variant = '' }: Platform): string | undefined {
  const word = architecture.toLowerCase()
  const version = variant
    .toLowerCase()
    .replace(/^(?:arm)?v?/, '')
    .replace(/l$/, '')
  switch (word) {
    case 'arm':
    case 'armhf':
      return arm32(version)
    case 'armv5':
    case 'armv6':
    case 'armv6l':
    case 'armv7':
    case 'armv7l':
      return arm32(word.slice(4, 5))
    case 'arm64':
    case 'aarch64':
    // Lists from before 2018; a 32-bit image for such machines says `arm`.
    case 'armv8':
      return version === '' || version === '8' || version === '8.0' ? 'arm64' : undefined
    case 'amd64':
    case 'x86_64':
    case 'x86-64':
      return version === '' || version === '1' ? 'amd64' : undefined
    case '386':
    case 'i386':
    case 'i686':
      return 'i386'
    case 'unknown':
    // containerd reads `armel` as ARMv6, Debian, where the word comes from, as ARMv5.
    case 'armel':
      return undefined
    default:
      return variant === '' ? word : undefined
  }
}

/** An absent variant means ARMv7; ARMv5 is no column, and `arm/v8` does not say which of two it is. */
function arm32(version: string): string | undefined {
  if (version === '' || version === '7') return 'armv7'
  return version === '6' ? 'armv6' : undefined
}
