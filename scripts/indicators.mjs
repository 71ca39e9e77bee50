/** `npm run indicators`: writes docs/indicators.md from the descriptors of the indicators. */
import { writeFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'
import { INDICATORS } from '../src/analysis/index.ts'
import { indicatorsPage } from './lib/indicators-page.mjs'

const file = new URL('../docs/indicators.md', import.meta.url).pathname
const options = await resolveConfig(file)
writeFileSync(file, await format(indicatorsPage(INDICATORS), { ...options, parser: 'markdown' }))
