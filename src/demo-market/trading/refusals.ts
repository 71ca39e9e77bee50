import { Refusal } from '../server/index.ts'

/** Alpaca's refusals of orders. One code stands for many reasons; the message and the fields tell them apart. */

/** A field is missing or makes no sense. */
export const invalid = (message: string): Refusal => new Refusal(422, message, 40010001)

/** The order breaks a rule. */
export const unprocessable = (message: string, details?: Readonly<Record<string, unknown>>): Refusal =>
  new Refusal(422, message, 42210000, details)

/** The account or the moment does not allow it. */
export const forbidden = (message: string, details?: Readonly<Record<string, unknown>>): Refusal =>
  new Refusal(403, message, 40310000, details)

/** There is no such order or position. */
export const notFound = (message: string): Refusal => new Refusal(404, message, 40410000)
