import * as z from 'zod'
import { isWireObject } from './wire.ts'

/** A row of a list that cannot be read. */
export interface UnreadableRow {
  /** What Alpaca calls it: its symbol, or else its id, or else its place in the list. */
  readonly of: string
  /** The field that is wrong, and how. */
  readonly problem: string
  /** Its symbol and its id, as far as the row has them. */
  readonly symbol?: string
  readonly id?: string
}

/** A list as far as it can be read: one bad row costs that row alone, and is named. */
export interface Listing<T> {
  readonly rows: readonly T[]
  readonly unreadable: readonly UnreadableRow[]
}

/** Reads a list row by row. Only a body that is not a list is an error. */
export const listing = <T>(row: z.ZodType<T>): z.ZodType<Listing<T>> =>
  z.array(z.unknown()).transform((all) => {
    const rows: T[] = []
    const unreadable: UnreadableRow[] = []
    for (const [index, one] of all.entries()) {
      const read = row.safeParse(one)
      if (read.success) rows.push(read.data)
      else unreadable.push({ of: nameOf(one, index), problem: problemOf(read.error), ...idsOf(one) })
    }
    return { rows, unreadable }
  })

/** Names are shown and logged, so a long one is cut. */
const MAX_NAME = 60

/** What Alpaca calls a row. */
export function nameOf(row: unknown, index: number): string {
  const { symbol, id } = isWireObject(row) ? row : {}
  const name = [symbol, id].find((one) => typeof one === 'string' && one !== '')
  return typeof name === 'string' ? name.slice(0, MAX_NAME) : `row ${index + 1}`
}

/** The symbol and the id of a row, as far as it has them. */
function idsOf(row: unknown): Pick<UnreadableRow, 'symbol' | 'id'> {
  const { symbol, id } = isWireObject(row) ? row : {}
  return {
    ...(typeof symbol === 'string' && { symbol: symbol.slice(0, MAX_NAME) }),
    ...(typeof id === 'string' && { id: id.slice(0, MAX_NAME) }),
  }
}

function problemOf({ issues: [issue] }: z.ZodError): string {
  return `${issue?.path.join('.') || 'the row'}: ${issue?.message}`
}
