import * as z from 'zod'
import type { KnownDays } from '#shared/exchange-calendar'
import { parseJson } from '#shared/parse-json'
import type { EventLog } from '../execution/index.ts'

const NAME = 'exchange-days'
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/)
const time = z.string().regex(/^\d\d:\d\d$/)
const knownDays = z.object({
  from: day,
  until: day,
  days: z.array(z.object({ day, preOpen: time, open: time, close: time, afterClose: time })),
})

/** Where texts are kept by name; answers a problem while the database is away. */
export type KeptValues = EventLog['values']

/** Keeps what Alpaca's calendar said of the days about now, for a start without a network. Answers whether it could. */
export async function keepDays(values: KeptValues, days: KnownDays): Promise<boolean> {
  return (await values.keep({ name: NAME, value: JSON.stringify(days) })).ok
}

/** What was kept last; nothing where there is none, or none that can be read. */
export async function readKeptDays(values: KeptValues): Promise<KnownDays | undefined> {
  const kept = await values.read({ name: NAME })
  if (!kept.ok || kept.value === undefined) return undefined
  return knownDays.safeParse(parseJson(kept.value)).data // the next word of Alpaca replaces what is no JSON
}
