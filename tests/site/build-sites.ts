/** Builds the sites before the tests of this folder run, two at a time. */
import { buildOrThrow, fork, hostile, real } from './sites.ts'

export async function setup(): Promise<void> {
  // The real content is built in one zone and locale here, and in others by the test that compares the bytes.
  await Promise.all([
    buildOrThrow(real, { TZ: 'America/New_York', LANG: 'en_US.UTF-8', LC_ALL: 'en_US.UTF-8' }),
    buildOrThrow(fork).then(() => buildOrThrow(hostile)),
  ])
}
