import { expect, test } from 'vitest'
import { domainOfTag, messageIdOfTag } from '#views/message-id.ts'

test.each([
  ['tag:worksonarm.com,2017:issue/0001', '<issue.0001.2017@worksonarm.com>', 'worksonarm.com'],
  ['tag:me@example.org,2026-02:issue/0012', '<issue.0012.me.2026-02@example.org>', 'example.org'],
  ['tag:unnamed.invalid,2026-05-12:issue/0001', '<issue.0001.2026-05-12@unnamed.invalid>', 'unnamed.invalid'],
  ['tag:a..b-,2026:issue/1', '<issue.1.2026@a.b>', 'a.b'],
  ['tag:@,2026:issue/1', '<issue.1.2026@unnamed.invalid>', 'unnamed.invalid'],
  ['tag:x.org,2026:issue/1>\r\nBcc: y', '<issue.1.Bcc.y.2026@x.org>', 'x.org'],
])('%j', (tag, id, domain) => {
  expect(messageIdOfTag(tag)).toBe(id)
  expect(domainOfTag(tag)).toBe(domain)
})
