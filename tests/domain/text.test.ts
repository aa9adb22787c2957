import { describe, expect, test } from 'vitest'
import { expectationOf } from '#domain/expectation.ts'
import { Line, withoutUnseen } from '#domain/text.ts'

const complaintAbout = (text: string) => {
  const issue = Line(80).safeParse(text).error?.issues[0]
  return issue && expectationOf(issue)
}

describe('a line of text', () => {
  test.each([
    ['U+200B', 'SQL\u200bite'],
    ['U+00AD', 'Post\u00adgres'],
    ['U+2060', 'a\u2060b'],
    ['U+FEFF', 'a\ufeffb'],
    ['U+FFF9', 'a\ufff9b'],
    ['U+E0061', 'Redis\u{e0061}\u{e007f}'],
    ['U+3164', 'Redis\u3164'],
    ['U+200F', 'a\u200f!'],
    ['U+0085', 'a\u0085b'],
    ['U+200D', 'SQL\u200dite'],
    ['U+200C', 'Redis\u200c'],
  ])('has no %s, which nobody sees', (name, text) => {
    expect(complaintAbout(text)).toBe(`text without characters that nobody sees: there is ${name}`)
    expect(complaintAbout(withoutUnseen(text))).toBeUndefined()
  })

  test.each(['\u200b', '\u3164', '\u2800', '\u00ad\u2060', '\u{e0061}', '\u0301'])('%j is none', (text) => {
    expect(complaintAbout(text)).toBe('some text that can be seen')
  })

  test.each(['a\u2028b', 'a\u2029b', 'a\nb'])('%j is more than one', (text) => {
    expect(complaintAbout(text)).toBe('a single line of text')
  })

  test.each([
    ['letters of every script', 'Ελληνικά עברית 日本語 हिन्दी'],
    ['letters with marks', 'Zoe\u0308 Nguye\u0302\u0303n'],
    ['emoji, also joined ones', '🏳️\u200d🌈 👩🏽\u200d💻 ❤️\u200d🔥 🇩🇪'],
    ['joiners where they shape letters', 'می\u200cخواهم क्\u200dष'],
    ['signs alone', '#!'],
    ['marks around numbers', '\u0600\u0661\u0662'],
  ])('may have %s', (_, text) => {
    expect(Line(80).parse(text)).toBe(text)
    expect(withoutUnseen(text)).toBe(text)
  })
})
