import { dollarsEach } from '#shared/format/money'
import { formatDecimal } from '#shared/format/numbers'

/** An event's payload, as plain JSON. */
export type Payload = { readonly [name: string]: unknown }

export const isObject = (value: unknown): value is Payload =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A field that is a text or a number, as text; undefined if it is empty or anything else. */
export function factOf(payload: Payload, name: string): string | undefined {
  const value = payload[name]
  if (typeof value === 'string' && value !== '') return value
  return typeof value === 'number' ? String(value) : undefined
}

const DECIMAL = /^-?\d+(\.\d+)?$/

/** A text for display: an amount with its thousands separated, anything else as it is. */
export const shown = (text: string): string => (DECIMAL.test(text) ? formatDecimal(text) : text)

/** An amount for display; undefined if the field is not one. */
export function amountOf(payload: Payload, decimals: number, name: string): string | undefined {
  const fact = factOf(payload, name)
  return fact !== undefined && DECIMAL.test(fact) ? formatDecimal(fact, decimals) : undefined
}

/** An amount of dollars with every digit it has; undefined if the field is not one. */
export function dollarsOf(payload: Payload, name: string): string | undefined {
  const fact = factOf(payload, name)
  return fact !== undefined && DECIMAL.test(fact) ? dollarsEach(fact) : undefined
}

/** The texts in a field that is a list; none if it is not. */
export function textsOf(payload: Payload, name: string): readonly string[] {
  const list = payload[name]
  return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : []
}

/** The objects in a field that is a list; none if it is not. */
export function objectsOf(payload: Payload, name: string): readonly Payload[] {
  const list = payload[name]
  return Array.isArray(list) ? list.filter(isObject) : []
}

/** A code in words: `DUPLICATE_ORDER` as `duplicate order`. */
export const codeInWords = (code: string): string => code.toLowerCase().replaceAll(/[_-]/g, ' ')

/** Those parts that there are, separated. */
export const joined = (parts: readonly (string | false | undefined)[], separator = ', '): string =>
  parts.filter((part) => part !== undefined && part !== false && part !== '').join(separator)
