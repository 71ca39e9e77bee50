import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'
import { whyUnwritable } from '../settings/index.ts'

/**
 * Makes Chromium keep its own files in the data folder. If that cannot be written it gets a temporary one,
 * because it does not start without any; Settings tell the trader. Returns whether the data folder can be written.
 */
export function placeUserData(dataDir: string): boolean {
  const isUsable = whyUnwritable(dataDir) === undefined
  app.setPath('userData', isUsable ? dataDir : mkdtempSync(join(app.getPath('temp'), 'signal-')))
  return isUsable
}
