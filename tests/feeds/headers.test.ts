import { expect, test } from 'vitest'
import { serializeHeaders } from '#feeds/headers.ts'

test('every path has a block of its own, with its headers indented', () => {
  const text = serializeHeaders([
    { paths: ['/*'], headers: { 'X-Content-Type-Options': 'nosniff' } },
    { paths: ['/base/a', '/base/b/*'], headers: { A: '1', B: '2' } },
  ])
  expect(text).toBe(
    [
      '/*',
      '  X-Content-Type-Options: nosniff',
      '',
      '/base/a',
      '  A: 1',
      '  B: 2',
      '',
      '/base/b/*',
      '  A: 1',
      '  B: 2',
      '',
    ].join('\n'),
  )
})
