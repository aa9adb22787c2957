/** Ids of mails and lists (RFC 5322, RFC 2919), made from the ids of feeds: they never change either. */

/** `tag:worksonarm.com,2017:issue/0001` is `<issue.0001.2017@worksonarm.com>`. */
export function messageIdOfTag(tag: string): string {
  const { authority, date, key } = partsOf(tag)
  const owner = authority.includes('@') ? [authority.slice(0, authority.lastIndexOf('@'))] : []
  return `<${atoms([key, ...owner, date].join('.'))}@${domainOfTag(tag)}>`
}

/** Who owns the ids: `worksonarm.com`. */
export function domainOfTag(tag: string): string {
  const { authority } = partsOf(tag)
  return atoms(authority.slice(authority.lastIndexOf('@') + 1)) || 'unnamed.invalid'
}

function partsOf(tag: string): { authority: string; date: string; key: string } {
  const [, authority = '', date = '', key = ''] = /^tag:([^,:]*),([^:]*):(.*)$/s.exec(tag) ?? []
  return { authority, date, key }
}

/** Words with single dots between them, of characters that programs put into addresses and file names as they are. */
function atoms(text: string): string {
  return text.replace(/[^A-Za-z0-9-]+/g, '.').replace(/^[.-]+|[.-]+$/g, '')
}
