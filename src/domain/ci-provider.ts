/**
 * The words for what results come from, where a registration lets them in. Adapters write no other one (the compiler
 * holds them to it). A report in our own format that names no system is of `report`.
 */
export const ciProviders = [
  'github-actions',
  'github-checks',
  'gitlab',
  'jenkins',
  'buildkite',
  'circleci',
  'concourse',
  'travis',
  'oci',
  'report',
] as const
export type CiProvider = (typeof ciProviders)[number]

/** The forms that names of repositories have, as noun phrases. */
export const ownerAndName = 'a repository as `owner/name`'
export const groupAndProject = 'a repository as `group/project`'

/** What a repository is called where a provider has one form for it: a noun phrase, and the form. */
interface RepositoryForm {
  expected: string
  pattern: RegExp
}

const ofGitHub: RepositoryForm = {
  expected: ownerAndName,
  pattern: /^[A-Za-z0-9_-]+\/[A-Za-z0-9_.-]+$/,
}

const repositoryForms: Partial<Record<CiProvider, RepositoryForm>> = {
  'github-actions': ofGitHub,
  'github-checks': ofGitHub,
  gitlab: {
    expected: groupAndProject,
    pattern: /^(?!gitlab\.com\/)[A-Za-z0-9_.-]+(?:\/[A-Za-z0-9_.-]+)+$/,
  },
}

/** What a repository has to be instead; undefined where it may be what it is. */
export function expectedRepository(provider: CiProvider, repository: string): string | undefined {
  const form = repositoryForms[provider]
  return form && !form.pattern.test(repository) ? form.expected : undefined
}

/**
 * The part of an address that is the name of the repository, as the provider knows it.
 * @param expected what `expectedRepository` says
 */
export function repositoryIn(address: string, expected: string): string | undefined {
  const form = Object.values(repositoryForms).find((candidate) => candidate.expected === expected)
  const [, path] =
    /^(?:[a-z+]+:\/\/(?:[^/@\s]+@)?[^/\s]+|[\w.-]+@[\w.-]+:|[\w-]+(?:\.[\w-]+)+)\/*(.+)$/i.exec(address) ?? []
  if (!form || path === undefined) return undefined
  const [withoutPage = ''] = path.split(/[?#]|\/-\//)
  const parts = withoutPage.split('/').filter((part) => part !== '')
  const name = (form === ofGitHub ? parts.slice(0, 2) : parts).join('/').replace(/\.git$/, '')
  return form.pattern.test(name) ? name : undefined
}
