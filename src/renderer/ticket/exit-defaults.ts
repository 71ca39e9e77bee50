import { Decimal } from 'decimal.js'
import type { Sparkline } from '#shared/market'
import { roundToTick } from '#shared/trading/tick-size'
import { priceText } from './price-steps.ts'
import { opposite, type TicketForm } from './ticket-form.ts'

/** Number of minutes for the usual move. */
const MINUTES = 14

/**
 * The mean move from one minute's close to the next over the last {@link MINUTES} minutes; absent if too few
 * are known.
 */
export function usualMove({ closes }: Pick<Sparkline, 'closes'>): Decimal | undefined {
  const last = closes.slice(-MINUTES - 1)
  if (last.length <= MINUTES) return undefined
  const moves = last.slice(1).map(({ close }, at) => new Decimal(close).minus(last[at]?.close ?? close).abs())
  const mean = moves.reduce((sum, move) => sum.plus(move), new Decimal(0)).div(MINUTES)
  return mean.gt(0) ? mean : undefined
}

/**
 * The form with exits filled in if empty: the stop one usual minute's move or 1% away, the target twice as
 * far.
 */
export function withExits(
  form: TicketForm,
  entry: Decimal | undefined,
  line: Sparkline | undefined,
): TicketForm {
  const opens = form.orderClass === 'oco' ? opposite(form.side) : form.side
  const move = line && usualMove(line)
  const stop =
    entry && move?.lt(entry)
      ? { text: priceText(stopAt(entry, move, opens === 'buy')), unit: 'price' as const }
      : { text: '1', unit: 'percent' as const }
  return {
    ...form,
    ...(form.stop.text === '' && { stop }),
    ...(form.target.text === '' && { target: { text: '2', unit: 'r' as const } }),
  }
}

/** The stop price, at least two cents away; the exchange requires one. */
function stopAt(entry: Decimal, move: Decimal, below: boolean): Decimal {
  const away = Decimal.max(move, '0.02')
  return roundToTick(below ? entry.minus(away) : entry.plus(away), below ? 'down' : 'up')
}
