import { Decimal } from 'decimal.js'

/** Sort key of a row: a number, a decimal text, or a word. */
export type SortKey = string | number

const isNumber = (key: SortKey): boolean => typeof key === 'number' || /^-?\d/.test(key)

/** Compares for ascending order: decimal texts as exact numbers, words as words. */
export const compareKeys = (a: SortKey, b: SortKey): number =>
  isNumber(a) && isNumber(b) ? new Decimal(a).cmp(b) : String(a).localeCompare(String(b), 'en')
