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

/** Storage of texts by name; answers a problem while the database is away. */
export type KeptValues = EventLog['values']

/** Stores Alpaca's calendar around now for a start without a network. Answers whether it could. */
export async function keepDays(values: KeptValues, days: KnownDays): Promise<boolean> {
  return (await values.keep({ name: NAME, value: JSON.stringify(days) })).ok
}

/** The days stored last; undefined if there are none, or none that can be read. */
export async function readKeptDays(values: KeptValues): Promise<KnownDays | undefined> {
  const kept = await values.read({ name: NAME })
  if (!kept.ok || kept.value === undefined) return undefined
  return knownDays.safeParse(parseJson(kept.value)).data // what isn't JSON is replaced when Alpaca answers next
}
