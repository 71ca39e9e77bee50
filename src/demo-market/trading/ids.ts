import { randomUUID } from 'node:crypto'

/** A new id, for an order or a fill. */
export const newId = (): string => randomUUID()
