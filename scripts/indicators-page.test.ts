import { readFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'
import { expect, test } from 'vitest'
import { INDICATORS } from '../src/analysis/index.ts'
import { indicatorsPage } from './lib/indicators-page.mjs'

const PAGE = new URL('../docs/indicators.md', import.meta.url)

test('the page of the indicators is that of the descriptors', async () => {
  const options = await resolveConfig(PAGE)
  const page = await format(indicatorsPage(INDICATORS), { ...options, parser: 'markdown' })
  expect(readFileSync(PAGE, 'utf8'), 'run npm run indicators').toBe(page)
})
