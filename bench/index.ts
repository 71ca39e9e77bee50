/**
 * `npm run bench [-- --json] [-- --only feed]`: compares each budget with the machine's raw limit in the same
 * run. Exits with 1 if a budget is missed.
 */
import { parseArgs } from 'node:util'
import { benchApp } from './app.ts'
import { benchDemoMemory } from './demo-memory.ts'
import { benchEvents } from './events.ts'
import { benchFeed } from './feed.ts'
import { benchIndicators } from './indicators.ts'
import { benchInstalled } from './installed.ts'
import { benchLoad } from './load.ts'
import { benchMemory } from './memory.ts'
import { benchQuery } from './query.ts'
import { toTable, type Measurement } from './report.ts'
import { benchStorageMemory } from './storage-memory.ts'
import { benchTrading } from './trading.ts'

const benches: Readonly<Record<string, () => Promise<readonly Measurement[]>>> = {
  feed: benchFeed,
  memory: benchMemory,
  app: benchApp,
  load: benchLoad,
  query: benchQuery,
  events: benchEvents,
  trading: benchTrading,
  indicators: benchIndicators,
  'storage-memory': benchStorageMemory,
  'demo-memory': benchDemoMemory,
  installed: benchInstalled,
}

const { values } = parseArgs({ options: { json: { type: 'boolean' }, only: { type: 'string' } } })
const names = values.only ? [values.only] : Object.keys(benches)
const unknown = names.find((name) => !(name in benches))
if (unknown) {
  console.error(`There is no bench "${unknown}"; there are ${Object.keys(benches).join(', ')}.`)
  process.exit(2)
}
const rows: Measurement[] = []
for (const name of names) {
  if (!values.json) console.error(`measuring ${name} ...`)
  rows.push(...((await benches[name]?.()) ?? []))
}
console.log(values.json ? JSON.stringify(rows, undefined, 2) : toTable(rows))
process.exit(rows.every(({ kept }) => kept) ? 0 : 1)
