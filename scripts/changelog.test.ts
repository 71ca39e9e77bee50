import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import manifest from '../package.json' with { type: 'json' }

test('the changelog says what is new in this version, and since when it can be had', () => {
  const changelog = readFileSync(new URL('../CHANGELOG.md', import.meta.url), 'utf8')
  const [, ...entries] = changelog.split(/^(?=## )/m)
  const newest = entries.find((entry) => !entry.startsWith('## [Unreleased]\n')) ?? ''
  expect(newest).toMatch(/^## \[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d\n/)
  expect(newest).toContain(`[${manifest.version}]`)
  expect(newest.match(/^- /gm)?.length).toBeGreaterThan(0)
})
