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

/** Amounts from here on are a transmission fault: no position and no account is worth a trillion dollars. */
const MAX_AMOUNT = 1e12
/** More digits after the point than any quotient of Alpaca has. */
const MAX_PLACES = 40

/**
 * Money, a quantity or a ratio. Text on the trading host; some fields are numbers. Rejects what could not be
 * calculated with or shown: exponents that would fill the memory, hundreds of digits, absurd amounts.
 */
export const decimal = z
  .union([
    z
      .string()
      .max(100, 'has too many digits')
      .regex(/^-?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,2})?$/i, 'is not a decimal number'),
    z.number(),
  ])
  .transform((value) => new Decimal(value))
  .refine((value) => value.abs().lt(MAX_AMOUNT), 'is too large')
  .refine((value) => value.decimalPlaces() <= MAX_PLACES, 'has too many digits')

/** A field that Alpaca may omit or send as null: undefined in both cases. */
export const maybe = <T extends z.ZodType>(schema: T) =>
  z
    .union([schema, z.null()])
    .optional()
    .transform((value) => value ?? undefined)

/** A field that decides nothing: undefined also if it cannot be read, so that it costs no row. */
export const known = <T extends z.ZodType>(schema: T) => maybe(schema).catch(undefined)
