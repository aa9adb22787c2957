import type { Problem } from '#domain/problem.ts'

/** A package that a project names, and the registry does not have. */
export function missingPackage(asked: string, project: string): Problem {
  return {
    code: 'missing-package',
    severity: 'warning',
    place: placeOf(asked),
    reason: `Unexpected answer of the registry: it has no \`${asked}\`, which project ${project} names.`,
    expected: 'a package that the registry has',
    actual: asked,
    fix: `correct the identifier in \`projects/${project}.md\`, or the version that you asked for`,
  }
}

/** Platform packages that a package lists, and the registry does not have. Nobody knows whether they exist. */
export function missingPlatforms(asked: string, missing: readonly string[]): Problem {
  const names = missing.map((name) => `\`${name}\``).join(', ')
  return {
    code: 'missing-package',
    severity: 'warning',
    place: placeOf(asked),
    reason: `Unexpected answer of the registry: of the packages that \`${asked}\` lists it does not have ${names}. Nothing is recorded of these.`,
    expected: 'the packages that it lists, in the same version',
    actual: missing.join(', '),
    fix: 'where npm reads a mirror, ask again when it has caught up, or for an older version (`probe npm PROJECT@VERSION`)',
  }
}

export function unreachableRegistry(asked: string, code: string): Problem {
  return {
    code: 'registry-unreachable',
    severity: 'error',
    place: placeOf(asked),
    reason: `Unexpected end of the request for \`${asked}\`: ${code}. Nothing is recorded from it.`,
    expected: 'an answer of the registry',
    actual: code,
    fix: `try \`npm view ${asked}\`; what it says, this command heard`,
  }
}

export function strangeAnswer(asked: string): Problem {
  return {
    code: 'bad-document',
    severity: 'error',
    place: placeOf(asked),
    reason: `Unexpected answer of the registry for \`${asked}\`, expected what it says of that version. Nothing is recorded from it.`,
    expected: 'name, version, `os`, `cpu` and `libc` of the version that was asked for',
    actual: '',
    fix: `look at \`npm view ${asked} --json\``,
  }
}

export function ambiguousPlatform(asked: string, word: string, architectures: readonly string[]): Problem {
  const readings = architectures.map((id) => `\`${id}\``).join(' or ')
  return {
    code: 'ambiguous-architecture',
    severity: 'warning',
    place: placeOf(asked),
    reason: `Unexpected architecture \`${word}\` of \`${asked}\`, expected one that means one thing: for Node.js it is ${readings}. Nothing is recorded from it.`,
    expected: architectures.join(', '),
    actual: word,
    fix: 'where the project says which one it builds for, claim it with a link',
  }
}

function placeOf(asked: string): Problem['place'] {
  return { file: asked, line: 1, column: 1 }
}
