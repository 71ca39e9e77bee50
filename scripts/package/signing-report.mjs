/**
 * What a system will say of the packages that were made on it, in Markdown for whoever makes a release:
 * `node scripts/package/signing-report.mjs FOLDER`. It asks Gatekeeper and Windows, so that nothing is said to be signed
 * because a key was there.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { output } from '../lib/run.mjs'

const GATEKEEPER_REFUSES =
  '**not signed and notarized**. Gatekeeper will not open it: it says that Apple cannot check the app, or that the ' +
  'app is damaged. Traders have to check it against SHA256SUMS, and allow it under System Settings → Privacy & Security → ' +
  'Open Anyway.'
const SMARTSCREEN_WARNS =
  '**not signed**. SmartScreen will warn of an unknown publisher (“Windows protected your PC”). Traders have to ' +
  'check it against SHA256SUMS, and choose More info → Run anyway.'

/**
 * A line for each package that its system judges, or one that says that there is none.
 * @param {NodeJS.Platform} platform @param {readonly string[]} files the names of the packages
 * @param {(file: string) => boolean} isAccepted whether the system takes a package as signed
 */
export function signingReport(platform, files, isAccepted) {
  if (platform === 'linux')
    return ['- The packages for Linux bear no signature of their own; SHA256SUMS covers them.']
  const [extension, signed, unsigned] =
    platform === 'darwin'
      ? ['.dmg', 'signed and notarized: Gatekeeper opens it.', GATEKEEPER_REFUSES]
      : ['.exe', 'signed: Windows shows its publisher.', SMARTSCREEN_WARNS]
  const packages = files.filter((file) => file.endsWith(extension))
  if (packages.length === 0) return [`- There is no ${extension} to judge.`]
  return packages.map((file) => `- \`${file}\` is ${isAccepted(file) ? signed : unsigned}`)
}

/** Whether Windows finds a valid signature in a file. @param {string} file */
const windowsAccepts = (file) =>
  output('powershell', [
    '-NoProfile',
    '-Command',
    `(Get-AuthenticodeSignature -LiteralPath '${file.replaceAll("'", "''")}').Status`,
  ]).trim() === 'Valid'

/** Whether Gatekeeper would open the app in a disk image. @param {string} image */
function gatekeeperAccepts(image) {
  const folder = mkdtempSync(join(tmpdir(), 'signal-image-'))
  output('hdiutil', ['attach', '-readonly', '-nobrowse', '-mountpoint', folder, image])
  try {
    const app = readdirSync(folder).find((name) => name.endsWith('.app'))
    if (app === undefined) throw new Error(`There is no app in ${image}`)
    return spawnSync('spctl', ['--assess', '--type', 'execute', join(folder, app)]).status === 0
  } finally {
    output('hdiutil', ['detach', folder])
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , folder = 'release'] = process.argv
  const accepts = process.platform === 'darwin' ? gatekeeperAccepts : windowsAccepts
  const report = signingReport(process.platform, readdirSync(folder), (file) => accepts(join(folder, file)))
  console.log(report.join('\n'))
}
