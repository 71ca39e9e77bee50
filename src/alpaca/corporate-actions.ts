import * as z from 'zod'
import { decimal } from './schemas.ts'
import { invalidResponse, type Call } from './transport.ts'
import { isWireObject } from './wire.ts'

/** The kinds of corporate actions that are read; Alpaca has more. */
export type CorporateActionType = 'forward_split' | 'reverse_split' | 'name_change' | 'cash_dividend'

interface ActionBase {
  readonly id: string
  /** The symbol concerned; of a name change the old one. */
  readonly symbol: string
  /** `YYYY-MM-DD`: the first day whose prices are without it; of a name change the day of the new symbol. */
  readonly exDate: string
  /** `YYYY-MM-DD`, the day that Alpaca sorts and filters by. */
  readonly processDate: string
  /** Alpaca's row, as it came. */
  readonly terms: Readonly<Record<string, unknown>>
}

/** From the ex-date on, `oldRate` shares are `newRate` shares. */
export interface SplitAction extends ActionBase {
  readonly type: 'forward_split' | 'reverse_split'
  readonly oldRate: number
  readonly newRate: number
}

/** One corporate action. */
export type CorporateAction =
  | SplitAction
  | (ActionBase & { readonly type: 'name_change'; readonly newSymbol: string })
  /** `rate`: US dollars per share. */
  | (ActionBase & { readonly type: 'cash_dividend'; readonly rate: number })

/** Which corporate actions, by symbol and process date; both dates inclusive, `YYYY-MM-DD`. */
export interface CorporateActionsRequest {
  readonly symbols: readonly string[]
  readonly start: string
  readonly end: string
}

/** The most actions on one page. */
const PAGE = 1_000
/** A million actions; a symbol has some ten a year. */
export const MAX_ACTION_PAGES = 1_000

/** Where a page lists each kind. */
const LISTS: Readonly<Record<string, CorporateActionType>> = {
  forward_splits: 'forward_split',
  reverse_splits: 'reverse_split',
  name_changes: 'name_change',
  cash_dividends: 'cash_dividend',
}

/** The HTTP call for one page. */
export function corporateActionsCall(
  { symbols, start, end }: CorporateActionsRequest,
  pageToken: string | undefined,
): Call {
  const types = Object.values(LISTS).join(',')
  const query = { symbols: symbols.join(','), types, start, end, limit: PAGE, page_token: pageToken }
  return { host: 'data', method: 'GET', path: '/v1/corporate-actions', query }
}

/** One page of corporate actions, and what is wrong with the rows that were skipped. */
export interface CorporateActionsPage {
  readonly actions: readonly CorporateAction[]
  readonly rejected: readonly string[]
  readonly nextPageToken: string | undefined
}

/** Reads one page; an invalid row is rejected alone, an invalid page throws `invalid_response`. */
export function readCorporateActions(json: unknown): CorporateActionsPage {
  const lists = isWireObject(json) ? json['corporate_actions'] : undefined
  if (!isWireObject(json) || !isWireObject(lists)) throw invalidResponse('corporate_actions is no object')
  const token = json['next_page_token'] ?? undefined
  if (token !== undefined && (typeof token !== 'string' || token === ''))
    throw invalidResponse('next_page_token is no text')
  const actions: CorporateAction[] = []
  const rejected: string[] = []
  for (const [name, type] of Object.entries(LISTS)) {
    const list = lists[name] ?? []
    if (!Array.isArray(list)) throw invalidResponse(`${name} is no list`)
    for (const row of list as readonly unknown[]) {
      const read = readCorporateAction(type, row)
      if (typeof read === 'string') rejected.push(read)
      else actions.push(read)
    }
  }
  return { actions, rejected, nextPageToken: token }
}

const text = z.string().min(1).max(100)
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'is not a day')
const rate = decimal
  .refine((amount) => amount.gt(0) && amount.lte(1e9), 'is not above 0 and at most 1e9')
  .transform((amount) => amount.toNumber())

const split = z.object({
  id: text,
  symbol: text,
  ex_date: date,
  process_date: date,
  old_rate: rate,
  new_rate: rate,
})
const nameChange = z.object({ id: text, old_symbol: text, new_symbol: text, process_date: date })
const dividend = z.object({ id: text, symbol: text, ex_date: date, process_date: date, rate })

/** Reads a row of that type, as Alpaca sent it or as it was kept; or which field is wrong, and how. */
export function readCorporateAction(type: CorporateActionType, row: unknown): CorporateAction | string {
  if (!isWireObject(row)) return `${type}: is no object`
  const problem = ({ issues: [issue] }: z.ZodError): string =>
    `${type} ${String(row['id'])}: ${issue?.path.join('.')} ${issue?.message}`
  switch (type) {
    case 'forward_split':
    case 'reverse_split': {
      const { data, error } = split.safeParse(row)
      if (error) return problem(error)
      const { old_rate: oldRate, new_rate: newRate } = data
      return { ...baseOf(data), type, oldRate, newRate, terms: row }
    }
    case 'name_change': {
      const { data, error } = nameChange.safeParse(row)
      if (error) return problem(error)
      const { old_symbol: symbol, new_symbol: newSymbol, process_date } = data
      return { ...baseOf({ ...data, symbol, ex_date: process_date }), type, newSymbol, terms: row }
    }
    case 'cash_dividend': {
      const { data, error } = dividend.safeParse(row)
      return error ? problem(error) : { ...baseOf(data), type, rate: data.rate, terms: row }
    }
  }
}

const baseOf = (row: Pick<z.output<typeof split>, 'id' | 'symbol' | 'ex_date' | 'process_date'>) => ({
  id: row.id,
  symbol: row.symbol,
  exDate: row.ex_date,
  processDate: row.process_date,
})
