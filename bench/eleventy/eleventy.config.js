/** Eleventy with nothing but templates: what the benchmark's other sides make, and no more. */
const architectures = ['amd64', 'arm64', 'armv7', 'armv6', 'i386', 'ppc64le', 's390x', 'riscv64', 'loong64']

/** Issues by their number, the rest by name. @param {any} page */
const keyOf = (page) => String(page.data.number ?? page.data.title).padStart(4, '0')

/** @param {any} configuration  Eleventy is no dependency of this repository, and so has no types here */
export default function configure(configuration) {
  configuration.addGlobalData('architectures', architectures)
  configuration.addPassthroughCopy({ 'content/style.css': 'style.css' })
  for (const kind of ['projects', 'issues', 'architectures']) {
    configuration.addCollection(kind, (/** @type {any} */ api) =>
      api
        .getFilteredByGlob(`content/${kind}/*.md`)
        .sort((/** @type {any} */ a, /** @type {any} */ b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
    )
  }
  configuration.addFilter('day', (/** @type {Date | string} */ date) => new Date(date).toISOString().slice(0, 10))
  configuration.addFilter('instant', (/** @type {Date | string} */ date) => new Date(date).toUTCString())
  configuration.addFilter('json', (/** @type {unknown} */ value) => JSON.stringify(value))
  return {
    dir: { input: 'content', includes: '../templates' },
    markdownTemplateEngine: false,
    templateFormats: ['md', 'njk'],
  }
}
