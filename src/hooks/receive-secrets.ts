/** Secrets as an operator gives them: several, so that one can replace the other, and for whose repositories. */
import { matchesJob } from '#domain/source.ts'

export interface Secret {
  text: string
  /** Repositories that whoever knows it may speak for; `*` stands for any text. */
  repositories: readonly string[]
}

export type SecretsRead = { secrets: Secret[]; problem?: undefined } | { problem: string; secrets?: undefined }

/**
 * Reads a setting: secrets with commas between them, each for all repositories, or a JSON object of
 * such lists by repository: `{"redis/redis": "…", "nginx/*": ["…", "…"]}`.
 * @returns what is wrong in words that hold nothing of the secrets
 */
export function parseSecrets(setting: string | undefined): SecretsRead {
  const text = setting?.trim() ?? ''
  if (!text.startsWith('{')) return { secrets: listed(text).map((secret) => ({ text: secret, repositories: ['*'] })) }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { problem: 'it begins with `{` and is no JSON' }
  }
  const secrets: Secret[] = []
  for (const [repository, given] of Object.entries(value as object)) {
    const texts: unknown[] = Array.isArray(given) ? given : [given]
    for (const secret of texts) {
      if (typeof secret !== 'string' || secret === '') return { problem: 'a secret in it is no text' }
      const known = secrets.find((other) => other.text === secret)
      if (known) known.repositories = [...known.repositories, repository]
      else secrets.push({ text: secret, repositories: [repository] })
    }
  }
  return { secrets }
}

function listed(text: string): string[] {
  return text
    .split(',')
    .map((secret) => secret.trim())
    .filter((secret) => secret !== '')
}

/** Whether who knows a secret may speak for a repository. */
export function speaksFor({ repositories }: Pick<Secret, 'repositories'>, repository: string | undefined): boolean {
  if (repository === undefined) return repositories.includes('*')
  const name = repository.toLowerCase()
  return repositories.some((pattern) => matchesJob(pattern.toLowerCase(), name))
}

/** Guessed by trying, or by looking at what people choose. */
export function isWeak({ text }: Secret): boolean {
  return text.length < 16
}
