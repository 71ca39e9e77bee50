import type * as z from 'zod'
import { addDays } from '#shared/calendar/new-york'
import type { ExchangeDay } from '#shared/units'
import type { AlpacaClient, CorporateAction } from '#alpaca'
import type { answeredActions } from './kept.ts'

/** Alpaca's data begins here. */
export const FIRST_ACTION_DAY: ExchangeDay = '2016-01-01'
/** How far ahead announced actions are asked for, days. */
const AHEAD = 90
/** Symbols per request. */
const SYMBOLS_AT_ONCE = 50

/** The client that is asked. */
export type ActionSource = Pick<AlpacaClient, 'getCorporateActions'>

/** What Alpaca knows of some symbols' corporate actions, and the same in the form that is kept. */
interface AskedActions {
  readonly actions: readonly CorporateAction[]
  readonly answered: z.output<typeof answeredActions>
}

/** The symbols in the portions that one request takes. */
export function* actionRequests(symbols: readonly string[]): Generator<readonly string[]> {
  for (let from = 0; from < symbols.length; from += SYMBOLS_AT_ONCE)
    yield symbols.slice(from, from + SYMBOLS_AT_ONCE)
}

/** Asks for all corporate actions of these symbols, also those announced for the days after `today`. */
export async function askActions(
  source: ActionSource,
  symbols: readonly string[],
  today: ExchangeDay,
  signal: AbortSignal,
): Promise<AskedActions> {
  const [from, until] = [FIRST_ACTION_DAY, addDays(today, AHEAD)]
  const actions = await source.getCorporateActions({ symbols, start: from, end: until }, { signal })
  return { actions, answered: { symbols: [...symbols], from, until, actions: actions.map(toKept) } }
}

const toKept = ({ id, type, symbol, exDate, processDate, terms }: CorporateAction) => ({
  id,
  type,
  symbol,
  exDay: exDate,
  processDay: processDate,
  terms: { ...terms },
})
