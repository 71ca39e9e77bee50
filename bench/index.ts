/**
 * `npm run bench [-- --json] [-- --only feed]`: each budget against the machine's raw limit in the same run. Exits
 * with 1 when a budget is missed.
 */
import { parseArgs } from 'node:util'
import { benchFeed } from './feed.ts'
import { benchMemory } from './memory.ts'
import { toTable, type Measurement } from './report.ts'

const benches: Readonly<Record<string, () => Promise<readonly Measurement[]>>> = {
  feed: benchFeed,
  memory: benchMemory,
}

const { values } = parseArgs({ options: { json: { type: 'boolean' }, only: { type: 'string' } } })
const names = values.only ? [values.only] : Object.keys(benches)
const rows: Measurement[] = []
for (const name of names) {
  const bench = benches[name]
  if (!bench) throw new Error(`no bench "${name}"; there are ${Object.keys(benches).join(', ')}`)
  if (!values.json) console.error(`measuring ${name} ...`)
  rows.push(...(await bench()))
}
console.log(values.json ? JSON.stringify(rows, undefined, 2) : toTable(rows))
process.exit(rows.every(({ kept }) => kept) ? 0 : 1)
