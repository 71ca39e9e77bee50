import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'
import { whyUnwritable } from '../settings/index.ts'

/**
 * Lets Chromium keep its own files in the data folder. Where that cannot be written it gets a temporary one, for
 * without any it does not start; Settings tell the trader.
 */
export function placeUserData(dataDir: string): void {
  const isUsable = whyUnwritable(dataDir) === undefined
  app.setPath('userData', isUsable ? dataDir : mkdtempSync(join(app.getPath('temp'), 'signal-')))
}
