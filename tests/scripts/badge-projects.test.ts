import { describe, expect, test } from 'vitest'
import { closestProjects } from '#scripts/badge-projects.ts'

const rows = [
  { id: 'cgo', names: 'cgo\ncgo' },
  { id: 'go', names: 'go toolchain\ngo\ngolang' },
  { id: 'go-sqlite3', names: 'go-sqlite3\ngo-sqlite3' },
  { id: 'nodejs', names: 'node.js\nnodejs\nnode' },
  { id: 'node-exporter', names: 'node exporter\nnode-exporter' },
  { id: 'sqlite', names: 'sqlite\nsqlite' },
]

describe('what a person types may mean', () => {
  test.each([
    ['go', ['go', 'go-sqlite3', 'cgo']],
    [' SQLite ', ['sqlite', 'go-sqlite3']],
    ['Node.js', ['nodejs']],
    ['Golang', ['go']],
    ['Node Exporter', ['node-exporter']],
    ['node-exporter', ['node-exporter']],
    ['node', ['nodejs', 'node-exporter']],
    ['redis', []],
    ['', []],
    ['../', []],
  ])('%j: %j', (text, wanted) => {
    expect(closestProjects(text, rows)).toEqual(wanted)
  })

  test('a dozen at most', () => {
    const many = Array.from({ length: 100 }, (_, index) => ({ id: `a${index}`, names: `a${index}` }))
    expect(closestProjects('a', many)).toHaveLength(12)
  })
})
