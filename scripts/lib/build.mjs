import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { output, say } from './run.mjs'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const STAMP = join(ROOT, 'out', 'built')

/** Builds the app unless the last build is newer than every file that goes into it. */
export function ensureBuilt() {
  const sources = [
    'src',
    'electron.vite.config.ts',
    'package.json',
    'package-lock.json',
    'tsconfig.base.json',
  ]
  const newest = Math.max(...sources.map((path) => newestIn(join(ROOT, path))))
  if (existsSync(STAMP) && statSync(STAMP).mtimeMs > newest) return
  say('Building ...')
  rmSync(STAMP, { force: true })
  const started = Date.now()
  output(process.execPath, [electronVite(), 'build'], { cwd: ROOT })
  writeFileSync(STAMP, '')
  say(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.`)
}

function electronVite() {
  const manifest = createRequire(import.meta.url).resolve('electron-vite/package.json')
  return join(dirname(manifest), 'bin', 'electron-vite.js')
}

/** The latest change in a file or folder, epoch ms. @param {string} path @returns {number} */
function newestIn(path) {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return readdirSync(path).reduce(
    (newest, name) => Math.max(newest, newestIn(join(path, name))),
    stat.mtimeMs,
  )
}
