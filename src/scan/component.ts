/**
 * What a file names: packages, and what the file itself says about the machines they are built for.
 * A reader of a format makes them; `judge.ts` sets them against the matrix.
 */
import type { Purl } from './purl.ts'

export interface Component {
  /** Name as people of its ecosystem write it: `@esbuild/linux-arm64`. */
  name: string
  version?: string
  /** What identifies it. Missing where the file gives a name alone. */
  purl?: Purl
  file: string
  /** Line of the file on which it stands, from 1. */
  line: number
  scope?: 'development' | 'optional' | 'indirect'
  signs?: Signs
}

/** What a file says of a component that its name does not. */
export interface Signs {
  /** What it was built for. */
  builds?: readonly Build[]
  /** Whether it also comes as source, where the file lists everything that it comes as. */
  hasSource?: boolean
  /** It runs a program when it is installed, which may build or fetch native code. */
  hasInstallScript?: boolean
  /** By the custom of its ecosystem its name means a binding to native code (`openssl-sys`). */
  bindsNative?: boolean
  /** It is the same on every machine: `py3-none-any`, `Architecture: all`. */
  isIndependent?: boolean
  /** A package of Debian whose source package the file does not tell: `zlib1g` is of `zlib`. */
  isSourceUntold?: boolean
  /** It is a whole program or system of its own: an image, a container. */
  isImage?: boolean
  /** The platform that the file asks for, in the words of OCI: `linux/amd64`. */
  pinnedTo?: string
  /** Name of the package of the same file that this one is a build of. */
  buildOf?: string
}

/** One thing that is made for one kind of machine, in the words of its ecosystem. */
export interface Build {
  ecosystem: 'node' | 'wheel'
  /** Missing where it is for every system. */
  system?: string
  machine: string
  /** What a reader would look for in the file: `@esbuild/linux-arm64`. */
  label: string
}
