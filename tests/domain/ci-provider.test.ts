import { describe, expect, test } from 'vitest'
import { expectedRepository, repositoryIn } from '#domain/ci-provider.ts'

describe('a repository', () => {
  test.each([
    ['github-actions', 'jqlang/jq'],
    ['github-checks', 'jqlang/jq.js'],
    ['gitlab', 'group/sub.group/project'],
    ['jenkins', 'https://ci.example.org/'],
    ['circleci', 'gh/octo-org/octo-repo'],
    ['report', 'anything at all'],
  ] as const)('of %s may be %s', (provider, repository) => {
    expect(expectedRepository(provider, repository)).toBeUndefined()
  })

  test.each([
    ['github-actions', 'https://github.com/jqlang/jq', 'jqlang/jq'],
    ['github-actions', 'https://github.com/jqlang/jq.git', 'jqlang/jq'],
    ['github-actions', 'https://github.com/jqlang/jq/actions/workflows/ci.yml?query=a', 'jqlang/jq'],
    ['github-actions', 'git@github.com:jqlang/jq.git', 'jqlang/jq'],
    ['github-checks', 'github.com/jqlang/jq', 'jqlang/jq'],
    ['github-actions', 'github.com/jqlang', undefined],
    ['github-actions', 'jq', undefined],
    ['github-actions', 'https://github.com/', undefined],
    ['gitlab', 'https://gitlab.com/group/sub/project/-/pipelines', 'group/sub/project'],
    ['gitlab', 'https://gitlab.example.org/group/project', 'group/project'],
    ['gitlab', 'gitlab.com/group/project', 'group/project'],
    ['gitlab', 'project', undefined],
  ] as const)('of %s is not %s', (provider, repository, meant) => {
    const expected = expectedRepository(provider, repository)
    expect(repositoryIn(repository, expected ?? '')).toBe(meant)
    expect(expected).toMatch(/^a repository as `/)
    if (meant !== undefined) expect(expectedRepository(provider, meant)).toBeUndefined()
  })
})
