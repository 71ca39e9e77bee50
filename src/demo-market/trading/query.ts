import { unprocessable } from './refusals.ts'

/** A requested time, epoch ms. */
export function readInstant(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name)
  if (text === null || text === '') return undefined
  const at = Date.parse(text)
  if (Number.isNaN(at)) throw unprocessable(`invalid ${name}: ${text}`)
  return at
}

/** One of the allowed words. */
export function readWord<const T extends string>(
  query: URLSearchParams,
  name: string,
  words: readonly T[],
): T | undefined {
  const text = query.get(name)
  if (text === null || text === '') return undefined
  const word = words.find((each) => each === text)
  if (word === undefined) throw unprocessable(`invalid ${name}: ${text}`)
  return word
}

/** A requested number of items, at least one and at most `most`. */
export function readLimit(query: URLSearchParams, name: string, usual: number, most: number): number {
  const text = query.get(name)
  if (text === null || text === '') return usual
  const limit = Number(text)
  if (!Number.isInteger(limit) || limit < 1 || limit > most) throw unprocessable(`invalid ${name}: ${text}`)
  return limit
}
