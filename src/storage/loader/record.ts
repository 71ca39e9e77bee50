import type { LoadProgress, LoadRequest } from '#shared/history'
import { stockSymbol, type EpochMs, type StockSymbol } from '#shared/units'
import { transact, type Database, type Reader, type Tables, type Transaction } from '../database/index.ts'

/** Whether the user requested the load as such, or to fill the gaps that a verification found. */
export type LoadPurpose = Tables['loads']['purpose']

/** A load as stored in the database. */
export interface LoadRecord {
  readonly id: string
  readonly createdAt: EpochMs
  readonly request: LoadRequest
  readonly state: LoadProgress['state']
  readonly purpose: LoadPurpose
  readonly symbols: readonly SymbolRecord[]
}

interface SymbolRecord {
  readonly symbol: StockSymbol
  readonly state: 'waiting' | 'loading' | 'done' | 'failed'
  readonly barsLoaded: number
  readonly barsRejected: number
  readonly problem: string | undefined
}

/** Stores a load. A `running` one continues after a crash. */
export const keepLoad = (
  database: Database,
  { id, request, createdAt, state, purpose }: Omit<LoadRecord, 'symbols'>,
): Promise<void> =>
  transact(database, async ({ query }) => {
    const { startDate, endDate, feed, symbols } = request
    await query
      .insertInto('loads')
      .values({ id, created_at: createdAt, start_date: startDate, end_date: endDate, feed, state, purpose })
      .execute()
    const rows = [...new Set(symbols)].map((symbol, position) => ({
      load_id: id,
      symbol,
      position,
      state: 'waiting' as const,
      bars_loaded: 0,
      bars_rejected: 0,
      pages: 0,
      loaded_until: null,
      problem: null,
    }))
    await query.insertInto('load_symbols').values(rows).execute()
  })

export const setLoadState = (database: Database, id: string, state: LoadProgress['state']): Promise<void> =>
  transact(database, async ({ query }) => {
    await query.updateTable('loads').set({ state }).where('id', '=', id).execute()
  })

/** Records the state of one symbol. */
export const setSymbolState = (
  database: Database,
  id: string,
  symbol: string,
  state: SymbolRecord['state'],
  problem?: string,
): Promise<void> =>
  transact(database, async ({ query }) => {
    await query
      .updateTable('load_symbols')
      .set({ state, problem: problem ?? null })
      .where('load_id', '=', id)
      .where('symbol', '=', symbol)
      .execute()
  })

/** Counts a page, in the transaction that stores it. */
export async function countPage(
  { query }: Transaction,
  { id, symbol, bars, rejected, until }: PageCount,
): Promise<void> {
  await query
    .updateTable('load_symbols')
    .set((row) => ({
      bars_loaded: row('bars_loaded', '+', bars),
      bars_rejected: row('bars_rejected', '+', rejected),
      pages: row('pages', '+', 1),
      loaded_until: until,
    }))
    .where('load_id', '=', id)
    .where('symbol', '=', symbol)
    .execute()
}

interface PageCount {
  readonly id: string
  readonly symbol: string
  readonly bars: number
  readonly rejected: number
  readonly until: EpochMs
}

/** How many of the newest loads are listed. */
const LISTED = 20

/** The newest loads, newest first. */
export async function readLoads(reader: Reader): Promise<readonly LoadRecord[]> {
  const rows = await loadRows(reader).orderBy('created_at', 'desc').limit(LISTED).execute()
  return Promise.all(rows.map((row) => toRecord(reader, row)))
}

/** Loads that are running, or were when the process ended, oldest first. */
export async function readRunningLoads(reader: Reader): Promise<readonly LoadRecord[]> {
  const rows = await loadRows(reader).where('state', '=', 'running').orderBy('created_at').execute()
  return Promise.all(rows.map((row) => toRecord(reader, row)))
}

/** One load; undefined if the id is unknown. */
export async function readLoad(reader: Reader, id: string): Promise<LoadRecord | undefined> {
  const row = await loadRows(reader).where('id', '=', id).executeTakeFirst()
  return row && toRecord(reader, row)
}

const loadRows = ({ query }: Reader) => query.selectFrom('loads').selectAll()

async function toRecord(
  { query }: Reader,
  { id, created_at, start_date, end_date, feed, state, purpose }: Tables['loads'],
): Promise<LoadRecord> {
  const rows = await query
    .selectFrom('load_symbols')
    .selectAll()
    .where('load_id', '=', id)
    .orderBy('position')
    .execute()
  const symbols = rows.map((row) => ({
    symbol: stockSymbol.parse(row.symbol),
    state: row.state,
    barsLoaded: row.bars_loaded,
    barsRejected: row.bars_rejected,
    problem: row.problem ?? undefined,
  }))
  const request = {
    symbols: symbols.map(({ symbol }) => symbol),
    startDate: start_date,
    endDate: end_date,
    feed,
  }
  return { id, createdAt: created_at, state, purpose, request, symbols }
}
