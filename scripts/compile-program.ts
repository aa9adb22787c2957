/**
 * Compiles the site's code (`src/site/program.ts`) into a folder, with all that browsers get of it: a step of a build, in a process of
 * its own, whose memory is free again when the pages are made. Its argument is the folder.
 */
import process from 'node:process'
import { build } from 'astro'

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('Which folder does the program go into?')
process.env.ASTRO_OUT_DIR = folder
await build({ root: process.cwd(), outDir: folder, logLevel: 'warn' })
