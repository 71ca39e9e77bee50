import { err } from '../../src/shared/result.ts'
import type { Books } from '../../src/main/trading/index.ts'

const away = async () => err({ kind: 'refused', message: 'There is no database here.' } as const)

/** The books of a desk without a database: the market can be looked at, and nothing can be sent. */
export const booksAway: Books = { events: { append: away, read: away }, values: { keep: away, read: away } }
