import * as z from 'zod'
import { camelKeys } from './camel.ts'
import { epochMs, maybe } from './schemas.ts'

const clockTime = z.string().regex(/^\d{2}:?\d{2}$/, 'is not a time of day')

/** A time of day: both `0400` and `04:00` become `04:00`. */
const timeOfDay = clockTime.transform((text) => text.replace(/^(\d{2}):?(\d{2})$/, '$1:$2'))

/** One trading day; the calendar omits days when the exchange is closed. */
export const calendarDay = z
  .object({
    /** `YYYY-MM-DD` in New York. */
    date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'is not a day'),
    /** Of the regular session, `HH:MM` in New York. */
    open: timeOfDay,
    /** `13:00` on a half day. */
    close: timeOfDay,
    /** Start of the pre-market, `HH:MM`. */
    session_open: maybe(timeOfDay),
    /** End of the post-market, `HH:MM`. */
    session_close: maybe(timeOfDay),
  })
  .transform(camelKeys)
export type CalendarDay = z.output<typeof calendarDay>

/** The exchange's clock, which also shows how far off this machine's is. */
export const marketClock = z
  .object({
    timestamp: epochMs,
    /** Whether the regular session is open. */
    is_open: z.boolean(),
    next_open: epochMs,
    next_close: epochMs,
  })
  .transform(camelKeys)
export type MarketClock = z.output<typeof marketClock>

/** An asset, and what may be done with it. */
export const asset = z
  .object({
    id: z.string(),
    symbol: z.string(),
    name: z.string().catch(''),
    class: z.string().catch(''),
    exchange: z.string().catch(''),
    /** `active` or `inactive`. */
    status: z.string(),
    tradable: z.boolean(),
    marginable: z.boolean().catch(false),
    shortable: z.boolean().catch(false),
    /** `easy_to_borrow` or `hard_to_borrow`; undefined if Alpaca does not say. */
    borrow_status: maybe(z.string()),
    fractionable: z.boolean().catch(false),
    /** Such as `fractional_eh_enabled` or `overnight_tradable`. */
    attributes: z.array(z.string()).catch([]),
  })
  .transform(camelKeys)
export type Asset = z.output<typeof asset>

/** Which days of the calendar, `YYYY-MM-DD`, both inclusive. */
export interface CalendarRequest {
  readonly start: string
  readonly end: string
}

/** Which assets; all active US stocks if empty. */
export interface AssetsRequest {
  readonly status?: 'active' | 'inactive'
  readonly exchange?: string
}
