import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { output } from '../../../scripts/lib/run.mjs'
import { APP_FOLDER } from './debian.ts'

/**
 * Makes another version of a .deb, with the same app in it, and returns its file. The version has as many letters as
 * the first, so that the archive keeps its places.
 */
export function packageOfVersion(packageFile: string, version: string): string {
  const folder = `${packageFile}.${version}`
  output('dpkg-deb', ['--raw-extract', packageFile, folder])
  const control = join(folder, 'DEBIAN', 'control')
  writeFileSync(control, readFileSync(control, 'utf8').replace(/^Version: .*$/m, `Version: ${version}`))
  const archive = join(folder, APP_FOLDER, 'resources', 'app.asar')
  const content = readFileSync(archive)
  const [, before, old, after] =
    /("name": "signal-trading",\s+"productName": "[^"]+",\s+"version": ")([\d.]+)(")/.exec(
      content.toString('latin1'),
    ) ?? []
  if (before === undefined || old === undefined || after === undefined || old.length !== version.length)
    throw new Error(`${archive} says no version of the length of ${version}`)
  content.write(version, content.indexOf(before + old + after) + before.length, 'latin1')
  writeFileSync(archive, content)
  const made = `${folder}.deb`
  output('dpkg-deb', ['--build', '--root-owner-group', '-Znone', folder, made])
  rmSync(folder, { recursive: true })
  return made
}
