import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { findChromium } from './lib/chromium.mjs'

test('the windows are tested in Playwright’s Chromium, otherwise in the system’s, otherwise not at all', () => {
  const folder = mkdtempSync(join(tmpdir(), 'signal-chromium-'))
  const [ofPlaywright, ofSystem] = [join(folder, 'of-playwright'), join(folder, 'chromium')]
  vi.stubEnv('PATH', folder)
  try {
    expect(findChromium(ofPlaywright)).toBeUndefined()
    writeFileSync(ofSystem, '', { mode: 0o755 })
    expect(findChromium(ofPlaywright)).toBe(ofSystem)
    writeFileSync(ofPlaywright, '', { mode: 0o755 })
    expect(findChromium(ofPlaywright)).toBe(ofPlaywright)
  } finally {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true, force: true })
  }
})
