/** Draws a social image: laid out by satori, whose text becomes paths, so that every machine draws the same. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import satori from 'satori'
import sharp from 'sharp'
import type { SocialImageView } from '#views/social-image.ts'
import type { SupportGroup } from '#views/words.ts'

export const socialImageSize = { width: 1200, height: 630 } as const

const ink = '#1b1f24'
const quiet = '#555e68'
/** The light hues of `tokens.css`: a picture has no dark mode. */
const hues: Record<SupportGroup, string> = {
  works: '#14692f',
  limited: '#b98a1e',
  exists: '#1d5d8f',
  coming: '#6a3fa0',
  no: '#a4232c',
  'not-known': '#d9dde1',
}

interface Node {
  type: string
  props: { style: Record<string, string | number>; children?: (Node | string)[] | string }
}

function box(style: Record<string, string | number>, children: (Node | string)[] | string = []): Node {
  return { type: 'div', props: { style: { display: 'flex', ...style }, children } }
}

/** Flat colours and the edges of letters: more colours, or to look longer for them, makes larger files and no better picture. */
const palette = { palette: true, colours: 32, effort: 1, dither: 0 } as const

/** To deflate longer makes a file a twentieth smaller. */
const grey = { compressionLevel: 6 } as const

export async function drawSocialImage(view: SocialImageView): Promise<Uint8Array<ArrayBuffer>> {
  const svg = await satori(layout(view) as Parameters<typeof satori>[0], {
    ...socialImageSize,
    fonts: [
      { name: 'Inter', data: await font(400), weight: 400, style: 'normal' },
      { name: 'Inter', data: await font(700), weight: 700, style: 'normal' },
    ],
  })
  const drawn = sharp(Buffer.from(svg))
  // Words are nearly grey, and nearly all pictures are nothing but words: one channel shows them as well, without a palette that
  // takes longer to find than everything is drawn.
  const encoded = view.bars.length > 0 ? drawn.png(palette) : drawn.extractChannel('green').png(grey)
  return new Uint8Array(await encoded.toBuffer())
}

function layout({ title, lines, siteTitle, bars }: SocialImageView): Node {
  return box(
    {
      flexDirection: 'column',
      width: '100%',
      height: '100%',
      boxSizing: 'border-box',
      padding: '64px 72px',
      background: '#ffffff',
      color: ink,
      fontFamily: 'Inter',
    },
    [
      box({ fontSize: 30, fontWeight: 700, color: quiet }, siteTitle),
      box({ fontSize: title.length > 50 ? 58 : 68, fontWeight: 700, lineHeight: 1.15, marginTop: 28 }, cut(title, 90)),
      ...lines.map((line) => box({ fontSize: 30, lineHeight: 1.4, color: quiet, marginTop: 20 }, cut(line, 170))),
      box(
        { flexDirection: 'column', marginTop: 'auto' },
        bars.map(({ label, parts }) =>
          box({ alignItems: 'center', marginTop: 8 }, [
            box({ width: 130, fontSize: 22, color: quiet }, label),
            box(
              { width: 926, height: 18 },
              parts.map(({ group, share }) => box({ width: `${(share * 100).toFixed(2)}%`, background: hues[group] })),
            ),
          ]),
        ),
      ),
    ],
  )
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text
}

const fonts = new Map<number, Promise<Buffer>>()

/** Latin letters of Inter, under the SIL Open Font License. */
function font(weight: number): Promise<Buffer> {
  const known = fonts.get(weight)
  if (known) return known
  const file = createRequire(import.meta.url).resolve(`@fontsource/inter/files/inter-latin-${weight}-normal.woff`)
  const read = readFile(file)
  fonts.set(weight, read)
  return read
}
