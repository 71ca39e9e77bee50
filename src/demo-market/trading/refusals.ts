/** Alpaca's order refusals. One code stands for many reasons; the message and the fields tell them apart. */
import { Refusal } from '../server/index.ts'

/** A field is missing or invalid. */
export const invalid = (message: string): Refusal => new Refusal(422, message, 40010001)

/** The order breaks a rule. */
export const unprocessable = (message: string, details?: Readonly<Record<string, unknown>>): Refusal =>
  new Refusal(422, message, 42210000, details)

/** The account or the current time does not allow it. */
export const forbidden = (message: string, details?: Readonly<Record<string, unknown>>): Refusal =>
  new Refusal(403, message, 40310000, details)

/** The order or position does not exist. */
export const notFound = (message: string): Refusal => new Refusal(404, message, 40410000)
