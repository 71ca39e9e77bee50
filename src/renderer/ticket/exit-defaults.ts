import { Decimal } from 'decimal.js'
import type { Sparkline } from '#shared/market'
import { priceText, roundToTick } from './price-steps.ts'
import { opposite, type TicketForm } from './ticket-form.ts'

/** Minutes that the usual move is taken from. */
const MINUTES = 14

/** The mean move from one minute's close to the next, of the last quarter of an hour; absent where too few are known. */
export function usualMove({ closes }: Pick<Sparkline, 'closes'>): Decimal | undefined {
  const last = closes.slice(-MINUTES - 1)
  if (last.length <= MINUTES) return undefined
  const moves = last.slice(1).map(({ close }, at) => new Decimal(close).minus(last[at]?.close ?? close).abs())
  const mean = moves.reduce((sum, move) => sum.plus(move), new Decimal(0)).div(MINUTES)
  return mean.gt(0) ? mean : undefined
}

/** The form with exits where it has none: the stop one usual minute's move away or 1 %, the target twice as far. */
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

/** A cent away at least, as the exchange asks for. */
function stopAt(entry: Decimal, move: Decimal, below: boolean): Decimal {
  const away = Decimal.max(move, '0.02')
  return roundToTick(below ? entry.minus(away) : entry.plus(away), below ? 'down' : 'up')
}
