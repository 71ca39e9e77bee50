import { Decimal } from 'decimal.js'
import * as z from 'zod'
import { readTime } from './time.ts'

/** An RFC 3339 timestamp, kept as sent beside its epoch milliseconds. */
export const stamp = z.string().transform((time, context) => {
  const at = readTime(time)
  if (at !== undefined) return { time, at }
  context.addIssue({ code: 'custom', message: 'is not an RFC 3339 time' })
  return z.NEVER
})

/** A timestamp as epoch milliseconds only, where nobody needs the finer digits. */
export const epochMs = stamp.transform(({ at }) => at)

/**
 * Money, a quantity or a ratio. Text on the trading host; some fields are numbers. Rejects exponents that
 * would fill the memory.
 */
export const decimal = z
  .union([
    z.string().regex(/^-?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,2})?$/i, 'is not a decimal number'),
    z.number(),
  ])
  .transform((value) => new Decimal(value))

/** A field that Alpaca may omit or send as null: undefined in both cases. */
export const maybe = <T extends z.ZodType>(schema: T) =>
  z
    .union([schema, z.null()])
    .optional()
    .transform((value) => value ?? undefined)
