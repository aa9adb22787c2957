import astro from 'eslint-plugin-astro'
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

/**
 * Which room may import which. Data flows one way (docs/architecture.md); the names of the rooms
 * are in every import, so the direction can be held here.
 */
/** @type {Record<string, string[]>} */
const rooms = {
  domain: [],
  catalog: ['domain'],
  ingest: ['domain'],
  store: ['domain', 'ingest'],
  hooks: ['domain', 'ingest', 'store'],
  import: ['domain', 'catalog'],
  query: ['domain'],
  scan: ['domain'],
  views: ['domain', 'query'],
  feeds: ['views', 'domain'],
  scripts: ['query', 'scan'],
  site: ['domain', 'catalog', 'views', 'feeds', 'query', 'ingest'],
  cli: ['domain', 'catalog', 'views', 'feeds', 'query', 'scan', 'ingest', 'import', 'store', 'hooks'],
  components: ['views', 'components'],
  layouts: ['site', 'views', 'components', 'layouts', 'styles', 'scripts'],
  pages: ['site', 'views', 'components', 'layouts', 'styles', 'scripts'],
}
const roomNames = [...Object.keys(rooms), 'styles']

/** @type {import('eslint').Linter.Config[]} */
const directions = Object.entries(rooms).map(([room, allowed]) => ({
  files: [`src/${room}/**/*.{ts,astro}`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^#(${roomNames.filter((name) => name !== room && !allowed.includes(name)).join('|')})/`,
            message: `src/${room} may import ${allowed.length > 0 ? allowed.join(', ') : 'no other room'}.`,
          },
          {
            group: ['../*'],
            message: 'Between rooms we import by name (#domain/…), inside a room by neighbour (./…).',
          },
          ...(room === 'domain'
            ? [
                {
                  regex: '^(?!zod$|node:crypto$|\\./)',
                  message: 'The domain knows zod, digests, and itself.',
                },
              ]
            : []),
        ],
      },
    ],
  },
}))

export default defineConfig(
  {
    ignores: ['dist/', '.build/', '.astro/', 'node_modules/', 'test-results/', 'playwright-report/', 'tests/fixtures/'],
  },
  tseslint.configs.strict,
  tseslint.configs.stylistic,
  ...astro.configs['flat/recommended'],
  {
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      // `const { evidence: _, ...rest }` is how an object is told without a key.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      'no-console': 'error',
    },
  },
  ...directions,
  {
    files: ['src/domain/**', 'src/views/**', 'src/feeds/**', 'src/catalog/**', 'src/import/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'The clock is an argument.' },
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: 'The clock is an argument.',
        },
      ],
    },
  },
  { files: ['scripts/**', 'tests/**'], rules: { 'no-console': 'off' } },
)
