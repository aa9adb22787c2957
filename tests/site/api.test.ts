/** What programs read: every file fits its published schema, and all of them say the same, cell by cell. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { parseDocument } from 'htmlparser2'
import { describe, expect, test } from 'vitest'
import { loadCatalog } from '#catalog/catalog.ts'
import { kindNames } from '#catalog/kinds.ts'
import {
  answerNames,
  answerSchemas,
  ApiMatrix,
  ApiProject,
  BadgeEndpoint,
  type AnswerName,
} from '#views/api-schemas.ts'
import { matrixTableColumns } from '#views/api-matrix.ts'
import { parseCsv } from './csv.ts'
import { addressOfPage, elements, fileAt, firstOf, pageAt, readSite, textOf } from './html.ts'
import { real, sites } from './sites.ts'

describe.each(sites)('on $name', (description) => {
  const site = readSite(description)
  const { catalog } = loadCatalog(description.contentFolder, real.contentFolder)
  const text = (file: string) => readFileSync(join(site.folder, file), 'utf8')
  const json = (file: string): unknown => JSON.parse(text(file))
  const filesThat = (pattern: RegExp) => [...site.files].filter((file) => pattern.test(file))
  const answers = filesThat(/^api\/v1\/.*\.json$/).filter((file) => !/^api\/v1\/(schemas\/|openapi)/.test(file))
  const badges = filesThat(/^badges\/.*\.json$/)

  describe('every answer', () => {
    const ajv = new Ajv2020({ strict: true, allErrors: true })
    const schemaAt = (address: string) => {
      const file = fileAt(site, new URL(address))
      if (file === undefined) throw new Error(`${address} is not of the site`)
      return ajv.getSchema(address) ?? ajv.compile(json(file) as object)
    }

    test('names its schema, which is published, and fits it', () => {
      expect(answers.length).toBeGreaterThan(4)
      const wrong = answers.flatMap((file) => {
        const answer = json(file) as { $schema?: string }
        const validate = schemaAt(answer.$schema ?? '')
        return validate(answer) ? [] : [`${file}: ${ajv.errorsText(validate.errors)}`]
      })
      expect(firstOf(wrong)).toEqual([])
    })

    test('has no field that its schema does not name', () => {
      const wrong = answers.flatMap((file) => {
        const answer = json(file) as { $schema: string }
        const name = /([a-z-]+)\.json$/.exec(answer.$schema)?.[1] as AnswerName
        const parsed = answerSchemas[name].safeParse(answer)
        return parsed.success ? [] : [`${file}: ${parsed.error.message}`]
      })
      expect(firstOf(wrong)).toEqual([])
    })

    test('has a schema that any reader of JSON Schema takes, as has every kind of content', () => {
      const reader = new Ajv2020({ strict: true })
      // Which field names what is said in keywords of our own.
      reader.addVocabulary(['referenceTo', 'ownPage', 'oldAddress', 'markdown', 'phrase', 'version'])
      addFormats.default(reader)
      for (const file of filesThat(/^api\/v1\/schemas\//))
        expect(() => reader.compile(json(file) as object), file).not.toThrow()
    })

    test('is published beside the schema of each file that the command schema prints', () => {
      const names = filesThat(/^api\/v1\/schemas\//).map((file) => /([a-z-]+)\.json$/.exec(file)?.[1])
      expect(names).toEqual(
        expect.arrayContaining([
          ...kindNames,
          'site',
          'architectures',
          'categories',
          'people',
          'report',
          ...answerNames,
        ]),
      )
    })

    test('of shields.io fits its schema', () => {
      const validate = schemaAt(addressOfPage(site, '/api/v1/schemas/badge.json'))
      expect(firstOf(badges.filter((file) => !validate(json(file))))).toEqual([])
      for (const file of badges) expect(() => BadgeEndpoint.parse(json(file)), file).not.toThrow()
    })
  })

  test('the OpenAPI document is valid, and every address in it answers', async () => {
    const validator = new Validator()
    const document = json('api/v1/openapi.json') as { paths: Record<string, unknown>; servers: { url: string }[] }
    expect(await validator.validate(structuredClone(document))).toEqual({ valid: true })
    const silent = Object.keys(document.paths).filter((path) => {
      const pattern = new RegExp(
        `^${path
          .slice(1)
          .replaceAll('.', String.raw`\.`)
          .replace(/\{\w+\}/g, '[a-z0-9-]+')}$`,
      )
      const hasNone =
        (/\{/.test(path) && badges.length === 0 && path.startsWith('/badges/')) ||
        (path.includes('{year}') && filesThat(/^api\/v1\/changes\//).length === 0)
      return filesThat(pattern).length === 0 && !hasNone
    })
    expect(silent).toEqual([])
  })

  describe('cell by cell', () => {
    const rows = site.fullPages
      .filter(({ path }) => /^\/matrix\/(\d+\/)?$/.test(path))
      .flatMap(({ document }) =>
        elements(document, 'tr').filter(({ attribs }) => attribs['data-project'] !== undefined),
      )
    /** What the page of the matrix says: `project architecture` → `support basis`. */
    const shown = new Map(
      rows.flatMap((row) =>
        elements(row, 'td').map(({ attribs }) => [
          `${row.attribs['data-project'] ?? ''} ${attribs['data-architecture'] ?? ''}`,
          `${attribs['data-support'] ?? ''} ${attribs['data-basis'] ?? ''}`,
        ]),
      ),
    )
    const cells = [...catalog.project.keys()].flatMap((project) =>
      [...catalog.architectures.keys()].map((architecture) => ({
        project,
        architecture,
        key: `${project} ${architecture}`,
      })),
    )
    const table = parseCsv(text('matrix.csv'))
    const records = new Map(table.slice(1).map((row) => [`${row[0] ?? ''} ${row[1] ?? ''}`, row]))
    const projects = new Map(
      [...catalog.project.keys()].map((id) => [id, ApiProject.parse(json(`api/v1/projects/${id}.json`))]),
    )
    const matrix = ApiMatrix.parse(json('api/v1/matrix.json'))

    test('the page of the matrix has every cell', () => {
      expect([...shown.keys()].sort()).toEqual(cells.map(({ key }) => key).sort())
    })

    test('a project’s answer says what the page says', () => {
      const wrong = cells.filter(({ project, architecture, key }) => {
        const cell = projects.get(project)?.architectures[architecture]
        return `${cell?.support ?? ''} ${cell?.basis ?? ''}` !== shown.get(key)
      })
      expect(firstOf(wrong.map(({ key }) => key))).toEqual([])
    })

    test('the matrix by columns says what a project’s answer says', () => {
      const wrong = cells.filter(({ project, architecture }) => {
        const status = matrix.statuses[matrix.cells[architecture]?.[matrix.projects.indexOf(project)] ?? -1]
        const { support, basis, level, execution } = projects.get(project)?.architectures[architecture] ?? {}
        return (
          JSON.stringify([support, basis, level, execution]) !==
          JSON.stringify([status?.support, status?.basis, status?.level, status?.execution])
        )
      })
      expect(firstOf(wrong.map(({ key }) => key))).toEqual([])
      expect(Object.values(matrix.cells).map(({ length }) => length)).toEqual(
        matrix.architectures.map(() => catalog.project.size),
      )
    })

    test('the table has a row for every cell, and says what a project’s answer says', () => {
      expect(table[0]?.join()).toBe('project,architecture,support,basis,level,execution,version,observedAt,link')
      expect([...records.keys()].sort()).toEqual(cells.map(({ key }) => key).sort())
      expect(table).toHaveLength(cells.length + 1)
      const wrong = cells.filter(({ project, architecture, key }) => {
        const cell: Record<string, unknown> = {
          ...projects.get(project)?.architectures[architecture],
          project,
          architecture,
        }
        return matrixTableColumns.some((column, place) => {
          const written = records.get(key)?.[place] ?? ''
          const wanted = typeof cell[column] === 'string' ? cell[column] : ''
          return written !== wanted && !(written === `'${wanted}` && /^\s*[=+\-@]/.test(wanted))
        })
      })
      expect(firstOf(wrong.map(({ key }) => key))).toEqual([])
    })

    test('there is a badge for every known cell and for no other, and it says the same words', () => {
      const known = cells.filter(({ key }) => shown.get(key) !== 'unknown none')
      const wanted = known.flatMap(({ project, architecture }) => [
        `badges/${project}.svg`,
        ...['svg', 'json'].map((ending) => `badges/${project}/${architecture}.${ending}`),
      ])
      const moved = new Set([...catalog.moved.keys()])
      const written = filesThat(/^badges\/.+\.(svg|json)$/).filter(
        (file) => !moved.has(/^badges\/([^/.]+)/.exec(file)?.[1] ?? ''),
      )
      expect(written.sort()).toEqual([...new Set(wanted)].sort())
      for (const { project, architecture, key } of known) {
        const [support = '', basis = ''] = shown.get(key)?.split(' ') ?? []
        const { label, message } = BadgeEndpoint.parse(json(`badges/${project}/${architecture}.json`))
        const svg = parseDocument(text(`badges/${project}/${architecture}.svg`), { xmlMode: true })
        expect(elements(svg, 'title').map(textOf), key).toEqual([`${label}: ${message}`])
        expect(label).toBe(architecture)
        expect(message, key).toMatch(new RegExp(`^${support.replaceAll('-', ' ')}, ${basis}`))
        const whole = parseDocument(text(`badges/${project}.svg`), { xmlMode: true })
        const said = elements(whole, 'title').map(textOf).join()
        if (basis === 'stale' && said.includes(architecture)) expect(said).toMatch(/\(stale\)/)
      }
    })

    test('the changes are the histories of all projects, in the order of their days', () => {
      const all = filesThat(/^api\/v1\/changes\/\d{4}\.json$/).flatMap(
        (file) => (json(file) as { changes: object[] }).changes,
      )
      const histories = [...projects.values()].flatMap(({ history }) => history)
      const sorted = (changes: readonly object[]) => changes.map((change) => JSON.stringify(change)).sort()
      expect(sorted(all)).toEqual(sorted(histories))
      const { changes, years } = json('api/v1/changes.json') as {
        changes: { on: string }[]
        years: { address: string; count: number }[]
      }
      expect(changes.length).toBe(Math.min(all.length, changes.length))
      expect(years.reduce((sum, { count }) => sum + count, 0)).toBe(all.length)
      for (const { address } of years) expect(site.files.has(fileAt(site, new URL(address)) ?? ''), address).toBe(true)
    })
  })

  test('the old id of a renamed project answers, with its data, its text and its badge', () => {
    for (const [old, { data }] of catalog.moved) {
      expect(json(`api/v1/projects/${old}.json`)).toEqual(json(`api/v1/projects/${data.movedTo}.json`))
      expect(text(`projects/${old}/index.md`)).toBe(text(`projects/${data.movedTo}/index.md`))
      expect(site.files.has(`badges/${old}.svg`)).toBe(site.files.has(`badges/${data.movedTo}.svg`))
    }
  })

  test('every project’s page names its data, its text and the file for language models, and each is there', () => {
    const wrong = [...catalog.project.keys()].flatMap((id) => {
      const { document, path } = pageAt(site, `/projects/${id}/`)
      const links = elements(document, 'link').map(({ attribs }) => [attribs.rel, attribs.type, attribs.href])
      const wanted = [
        ['alternate', 'application/json', `/api/v1/projects/${id}.json`],
        ['alternate', 'text/markdown', `/projects/${id}/index.md`],
        ['describedby', 'text/plain', '/llms.txt'],
      ]
      return wanted
        .filter(([rel, type, target = '']) => {
          const href = site.basePath + target.slice(1)
          return !site.files.has(target.slice(1)) || !links.some((link) => link.join() === [rel, type, href].join())
        })
        .map(([, type]) => `${path} ${type ?? ''}`)
    })
    expect(firstOf(wrong)).toEqual([])
  })

  test('a project’s text says every status that its page says', () => {
    for (const id of catalog.project.keys()) {
      const page = pageAt(site, `/projects/${id}/`)
      const twin = text(`projects/${id}/index.md`)
      for (const cell of elements(page.document, 'td').filter(
        ({ attribs }) => attribs['data-architecture'] !== undefined,
      )) {
        if (cell.attribs['data-basis'] === 'none') continue
        expect(twin, id).toContain(
          `| ${cell.attribs['data-architecture'] ?? ''} | ${textOf(cell)} | ${cell.attribs['data-basis'] ?? ''} |`,
        )
      }
    }
  })

  test('every address of this site in llms.txt and in the texts of projects is there', () => {
    const files = ['llms.txt', ...filesThat(/^projects\/.*\.md$/)]
    const broken = files.flatMap((file) =>
      [...text(file).matchAll(/\]\(<?([^\s)>]+)|<(https?:[^\s>]+)>/g)]
        .map(([, link, address]) => link ?? address ?? '')
        .filter((address) => URL.parse(address)?.origin === site.origin)
        .filter((address) => !site.files.has(fileAt(site, new URL(address)) ?? ''))
        .map((address) => `${file}: ${address}`),
    )
    expect(firstOf(broken)).toEqual([])
  })

  describe('the file of headers', () => {
    const rules = text('_headers')
      .split(/\n(?=\/)/)
      .map((block) => {
        const [path = '', ...lines] = block.trim().split('\n')
        return { path, headers: lines.map((line) => /^ {2}([A-Za-z-]+): (.+)$/.exec(line)?.slice(1) ?? [line]) }
      })
    const headersOf = (file: string) =>
      rules
        .filter(({ path }) => {
          const pattern = path
            .replaceAll('.', String.raw`\.`)
            .replace(/:\w+/g, '[^/]+')
            .replaceAll('*', '.*')
          return new RegExp(`^${pattern}$`).test(`${site.basePath}${file}`)
        })
        .flatMap(({ headers }) => headers)

    test('is about paths of this site alone, one wildcard in each', () => {
      for (const { path, headers } of rules) {
        expect(path.startsWith(site.basePath), path).toBe(true)
        expect(path.split('*').length, path).toBeLessThanOrEqual(2)
        expect(
          headers.every(({ length }) => length === 2),
          path,
        ).toBe(true)
      }
      expect(rules.length).toBeLessThan(100)
    })

    test('gives no file two values of one header', () => {
      const twice = [...site.files].filter((file) => {
        const names = headersOf(file).map(([name]) => name)
        return new Set(names).size !== names.length
      })
      expect(firstOf(twice)).toEqual([])
    })

    test('lets every origin ask for data, and keeps every page out of frames', () => {
      const open = (file: string) =>
        headersOf(file).some(([name, value]) => name === 'Access-Control-Allow-Origin' && value === '*')
      const data = filesThat(
        /^(api\/v1\/|badges\/.+\.(svg|json)$|matrix\.csv$|events\.ics$|llms\.txt$)|(atom|rss)\.xml$|feed\.json$|\.md$/,
      )
      expect(firstOf(data.filter((file) => !open(file)))).toEqual([])
      expect(open('index.html')).toBe(false)
      const framed = [...site.files].filter(
        (file) => !headersOf(file).some(([, value]) => value === "frame-ancestors 'none'"),
      )
      expect(firstOf(framed)).toEqual([])
    })

    test('keeps for ever what has its digest in its name, and nothing else', () => {
      const kept = [...site.files].filter((file) => headersOf(file).some(([, value]) => value?.includes('immutable')))
      expect(kept.length).toBeGreaterThan(3)
      const withoutDigest = kept.filter((file) => !/[._-][\w-]{7,}\.\w+$/.test(file))
      expect(firstOf(withoutDigest)).toEqual([])
    })
  })
})
