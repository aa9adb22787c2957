/** Feed readers as Debian has them, each run in a folder of its own. */
import { execFile } from 'node:child_process'
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { systemPython } from '../../scripts/ensure-feed-readers.mjs'

/** What a program wrote. @throws where it ends with an error, with what it said */
export function ask(program: string, args: readonly string[], input = ''): Promise<string> {
  return new Promise((done, failed) => {
    const child = execFile(
      program,
      [...args],
      { maxBuffer: 64 * 1024 * 1024, timeout: 120_000, env: { ...process.env, TERM: 'dumb', LC_ALL: 'C.UTF-8' } },
      (error, out, err) => {
        if (error) failed(new Error(`${program} ${args.join(' ')}: ${error.message}\n${err}`))
        else done(out)
      },
    )
    // A program that reads nothing may have ended already.
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(input)
  })
}

export interface ReadEntry {
  id: string
  title: string
  link: string
}

/** What Python's feedparser reads at an address, or its complaint. */
export async function readWithFeedparser(
  addresses: readonly string[],
): Promise<{ address: string; complaint: string; version: string; entries: (ReadEntry & { content: string })[] }[]> {
  const script = `import feedparser, json, sys
def read(address):
    feed = feedparser.parse(address, sanitize_html=False, resolve_relative_uris=False)
    return dict(address=address, complaint=str(feed.get('bozo_exception', '')), version=feed.version, entries=[
        dict(id=e.id, title=e.title, link=e.link, content=e.content[0].value if 'content' in e else '') for e in feed.entries])
print(json.dumps([read(address) for address in json.load(sys.stdin)]))`
  // The script above says what it prints.
  return JSON.parse(await ask(systemPython, ['-c', script], JSON.stringify(addresses))) as Awaited<
    ReturnType<typeof readWithFeedparser>
  >
}

/** What sfeed reads in a feed. */
export async function readWithSfeed(xml: string): Promise<(ReadEntry & { published: string })[]> {
  const lines = (await ask('sfeed', [], xml)).split('\n').filter((line) => line !== '')
  return lines.map((line) => {
    const [seconds = '', title = '', link = '', , , id = ''] = line.split('\t')
    return { id, title, link, published: new Date(Number(seconds) * 1000).toISOString() }
  })
}

export interface Newsboat {
  /** Fetches the feeds at these addresses, and at no others. */
  reload: (addresses: readonly string[]) => Promise<void>
  entries: () => (ReadEntry & { author: string; isUnread: boolean; content: string })[]
  markAllRead: () => void
}

export function newsboatIn(folder: string): Newsboat {
  const at = (name: string) => join(folder, name)
  const inCache = <T>(work: (cache: DatabaseSync) => T): T => {
    const cache = new DatabaseSync(at('cache.db'))
    try {
      return work(cache)
    } finally {
      cache.close()
    }
  }
  writeFileSync(at('newsboat-config'), 'cleanup-on-quit no\n')
  return {
    reload: async (addresses) => {
      writeFileSync(at('newsboat-urls'), `${addresses.join('\n')}\n`)
      await ask('newsboat', [
        ...['-q', '-u', at('newsboat-urls'), '-c', at('cache.db'), '-C', at('newsboat-config'), '-x', 'reload'],
      ])
    },
    entries: () =>
      inCache((cache) =>
        cache
          .prepare('select guid, title, url, author, unread, content from rss_item where deleted = 0')
          .all()
          .map((row) => ({
            id: String(row.guid),
            title: String(row.title),
            link: String(row.url),
            author: String(row.author),
            isUnread: row.unread === 1,
            content: String(row.content),
          })),
      ),
    markAllRead: () => {
      inCache((cache) => {
        cache.exec('update rss_item set unread = 0')
      })
    },
  }
}

export interface Rss2email {
  add: (name: string, address: string) => Promise<void>
  /** Subjects of the mails that this run sent. */
  run: () => Promise<string[]>
}

/** rss2email, whose sendmail is a script that keeps every mail as a file. */
export function rss2emailIn(folder: string): Rss2email {
  const at = (name: string) => join(folder, name)
  const settings = ['-c', at('r2e.cfg'), '-d', at('r2e.json')]
  writeFileSync(at('sendmail'), `#!/bin/sh\nexec cat > "$(mktemp '${folder}/mail-XXXXXXXX')"\n`)
  chmodSync(at('sendmail'), 0o755)
  writeFileSync(
    at('r2e.cfg'),
    ['[DEFAULT]', 'from = feeds@example.org', 'to = reader@example.org', 'email-protocol = sendmail']
      .concat(`sendmail = ${at('sendmail')}`, 'html-mail = True', '')
      .join('\n'),
  )
  const mails = () => readdirSync(folder).filter((name) => name.startsWith('mail-'))
  return {
    add: async (name, address) => {
      await ask('r2e', [...settings, 'add', name, address])
    },
    run: async () => {
      const before = new Set(mails())
      await ask('r2e', [...settings, 'run'])
      if (!existsSync(at('r2e.json'))) throw new Error('rss2email remembers nothing')
      return mails()
        .filter((name) => !before.has(name))
        .map((name) => /^Subject: (.*)$/m.exec(readFileSync(at(name), 'utf8'))?.[1] ?? '')
        .sort()
    },
  }
}
