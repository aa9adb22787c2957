/** A Dockerfile: the images that it builds on and copies from, and the packages that it installs with apt or apk. */
import { DockerfileParser, ModifiableInstruction, type Instruction } from 'dockerfile-ast'
import type { StackText } from './document.ts'
import type { Findings } from './findings.ts'
import { addImage } from './image-component.ts'
import { installedBy } from './shell-install.ts'
import { expanded } from './shell-variables.ts'

/** Those that name nothing that is read. https://docs.docker.com/reference/dockerfile/ */
const instructions = new Set(
  'CMD ENTRYPOINT ENV EXPOSE HEALTHCHECK LABEL MAINTAINER ONBUILD SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(' '),
)

export function readDockerfile({ text }: StackText, findings: Findings): void {
  const dockerfile = DockerfileParser.parse(text)
  const stages = new Set<string>()
  // Before the first FROM, ARG sets what image names may use; later ones are for their stage alone.
  const values = new Map<string, string>()
  let isInStage = false
  for (const instruction of dockerfile.getInstructions()) {
    const line = instruction.getRange().start.line + 1
    const keyword = instruction.getKeyword()
    switch (keyword) {
      case 'ARG':
        if (!isInStage) for (const [name, value] of defaultsOf(instruction)) values.set(name, expanded(value, values))
        break
      case 'FROM': {
        isInStage = true
        const { flags, words } = partsOf(instruction)
        const [image = '', as, stage] = words
        const name = expanded(image, values)
        // An earlier stage of this file, or nothing at all.
        if (image === '') findings.refuse('image', image, line)
        else if (name !== '' && !stages.has(name.toLowerCase()) && name !== 'scratch') {
          addImage(name, pinnedPlatform(flags.get('platform'), values), line, findings)
        }
        if (as?.toLowerCase() === 'as' && stage !== undefined) stages.add(stage.toLowerCase())
        break
      }
      case 'COPY': {
        const from = expanded(partsOf(instruction).flags.get('from') ?? '', values)
        if (from !== '' && !/^\d+$/.test(from) && !stages.has(from.toLowerCase()) && from !== 'scratch') {
          addImage(from, undefined, line, findings)
        }
        break
      }
      case 'ADD':
        if (partsOf(instruction).words.some((word) => word.includes('://'))) {
          findings.unread(`ADD ${partsOf(instruction).words.join(' ')}`, line)
        }
        break
      case 'RUN': {
        const { packages, unread } = installedBy(shellOf(instruction, dockerfile.getEscapeCharacter()))
        for (const { manager, name, version } of packages) {
          const [type, namespace] = manager === 'apt' ? (['deb', 'debian'] as const) : (['apk', 'alpine'] as const)
          const purl = { type, namespace, name, ...(version === undefined ? {} : { version }) }
          findings.add(purl, line, manager === 'apt' ? { signs: { isSourceUntold: true } } : {})
        }
        for (const command of unread) findings.unread(command, line)
        break
      }
      default:
        if (!instructions.has(keyword)) findings.refuse('instruction', instruction.getInstruction(), line)
    }
  }
  if (!isInStage) findings.malformed({ at: 'FROM', line: 1, expected: 'an image to begin with', actual: 'nothing' })
}

/** What RUN hands to a shell: one line without comments, a script of its own, or the words of a list. */
function shellOf(instruction: Instruction, escape: string): string {
  const text = (instruction.getRawArgumentsContent() ?? '')
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s*#/.test(line))
    .map((line) => line.trimEnd())
    .join('\n')
    .replaceAll(`${escape}\n`, ' ')
  if (!text.startsWith('[')) return text
  try {
    const words: unknown = JSON.parse(text)
    return Array.isArray(words) ? words.join(' ') : text
  } catch {
    // A shell is asked for what is no list, such as `[ -f x ] && y`.
    return text
  }
}

/** `ARG NAME=value OTHER` has one default. */
function defaultsOf(instruction: Instruction): [name: string, value: string][] {
  return partsOf(instruction).words.flatMap((word) => {
    const [, name, value] = /^(\w+)=(.*)$/s.exec(word) ?? []
    return name === undefined || value === undefined ? [] : [[name, value.replace(/^(["'])(.*)\1$/s, '$2')]]
  })
}

/** What stands behind an instruction: flags, `--platform=linux/amd64`, and words. */
function partsOf(instruction: Instruction): { flags: Map<string, string>; words: string[] } {
  // Those that may have flags know them; to the others they are words.
  const flags = instruction instanceof ModifiableInstruction ? instruction.getFlags() : []
  return {
    flags: new Map(flags.map((flag) => [flag.getName(), flag.getValue() ?? ''])),
    words: instruction.getArguments().map((argument) => argument.getValue()),
  }
}

/** Where the platform is that of the builder or of the target, nothing is pinned. */
function pinnedPlatform(flag: string | undefined, values: ReadonlyMap<string, string>): string | undefined {
  const platform = expanded(flag ?? '', values)
  return platform === '' || platform.includes('$') ? undefined : platform
}
