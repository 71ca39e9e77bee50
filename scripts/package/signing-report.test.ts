import { expect, test } from 'vitest'
import { signingReport } from './signing-report.mjs'

test('an unsigned package is told with what its system will say to the trader', () => {
  const [mac, ...others] = signingReport('darwin', ['a.dmg', 'SHA256SUMS'], () => false)
  expect(others).toEqual([])
  expect(mac).toMatch(/^- `a\.dmg` is \*\*not signed and notarized\*\*\. Gatekeeper will not open it/)
  expect(mac).toContain('Open Anyway')
  const [windows] = signingReport('win32', ['a.exe'], () => false)
  expect(windows).toMatch(/^- `a\.exe` is \*\*not signed\*\*\. SmartScreen will warn/)
  expect(signingReport('linux', ['a.deb'], () => true)).toEqual([
    '- The packages for Linux bear no signature of their own; SHA256SUMS covers them.',
  ])
})

test('a package is called signed only if its system accepts it, each by itself', () => {
  const report = signingReport('darwin', ['arm64.dmg', 'x64.dmg'], (file) => file === 'x64.dmg')
  expect(report).toEqual([
    expect.stringMatching(/^- `arm64\.dmg` is \*\*not signed/),
    '- `x64.dmg` is signed and notarized: Gatekeeper opens it.',
  ])
})

test('without a package nothing is said to be signed', () => {
  expect(signingReport('win32', ['CHANGELOG.md'], () => true)).toEqual(['- There is no .exe to judge.'])
})
