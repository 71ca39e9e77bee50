import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { addDays } from '#shared/calendar/new-york'
import { DAY_MS } from '#shared/time'
import { WELL_KNOWN } from '../generator/index.ts'
import { DayTapes } from './day-tapes.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

test('today and yesterday are kept however long the market runs, and no day before them', async () => {
  const start = Date.parse('2026-11-24T15:00:00Z')
  let now = start
  const tapes = new DayTapes(1, start - DAY_MS, () => now)
  const kept: { readonly day: string; readonly tape: WeakRef<object> }[] = []
  for (let nth = 0; nth < 5; nth++) {
    now = start + nth * DAY_MS
    const day = addDays('2026-11-24', nth)
    for (const listing of WELL_KNOWN.slice(0, 10))
      kept.push({ day, tape: new WeakRef(tapes.of(listing, day, 'sip')) })
  }
  // A WeakRef holds what it refers to until the end of the turn in which it was made.
  await new Promise((resolve) => setImmediate(resolve))
  collect()
  const days = new Set(kept.filter(({ tape }) => tape.deref() !== undefined).map(({ day }) => day))
  expect([...days]).toEqual(['2026-11-27', '2026-11-28'])
})
