import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Makes an empty folder an app folder as packaging does: the built app, with these fields in its package.json. */
export function fillAppFolder(folder: string, fields: object): void {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as object
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, ...fields }))
  for (const name of ['out', 'node_modules']) symlinkSync(join(ROOT, name), join(folder, name))
}
