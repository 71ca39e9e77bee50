import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { appFolder } from './signal-app.ts'

/** Makes a folder from which Electron starts this build as another version. */
export function otherVersion(version: string, folder: string): string {
  mkdirSync(folder)
  const manifest: unknown = JSON.parse(readFileSync(join(appFolder, 'package.json'), 'utf8'))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...(manifest as object), version }))
  for (const name of ['out', 'node_modules']) symlinkSync(join(appFolder, name), join(folder, name))
  return folder
}
