import { Decimal } from 'decimal.js'
import type { OpenRisk, PositionExit, PositionView } from '#shared/trading/account'
import type { OrderState } from '#shared/trading/order'
import type { Price } from '#shared/units'
import { cents } from './position-view.ts'

/** States in which the exchange has a stop and will keep it; one that stands by is held beside its target. */
const PROTECTING: ReadonlySet<OrderState> = new Set([
  'accepted',
  'open',
  'partially-filled',
  'held',
  'pending-replace',
])

/**
 * What the positions can lose from their current prices to their stops; undefined while the price of one that has stops
 * is unknown. Of more stops than shares, those that the market reaches first count.
 */
export function openRisk(positions: readonly PositionView[]): OpenRisk | undefined {
  let atStops = new Decimal(0)
  const withoutStop = []
  for (const position of positions) {
    const stops = position.exits.filter(isProtecting)
    const price = position.lastPrice
    if (stops.length > 0 && price === undefined) return undefined
    const { loss, uncovered } = lossAtStops(position, stops, price)
    atStops = atStops.plus(loss)
    if (uncovered.gt(0)) withoutStop.push(position.symbol)
  }
  return { atStops: cents(atStops), withoutStop }
}

type ProtectingStop = PositionExit & Required<Pick<PositionExit, 'quantity'>>

const isProtecting = (exit: PositionExit): exit is ProtectingStop =>
  exit.kind === 'stop' &&
  exit.quantity !== undefined &&
  exit.waitsForEntry === undefined &&
  PROTECTING.has(exit.state)

function lossAtStops(
  { quantity }: PositionView,
  stops: readonly ProtectingStop[],
  price: Price | undefined,
): { readonly loss: Decimal; readonly uncovered: Decimal } {
  let [loss, uncovered] = [new Decimal(0), new Decimal(quantity).abs()]
  for (const stop of stops) {
    const distance = price && lossToStop(stop, price, !quantity.startsWith('-'))
    if (distance === undefined) continue
    const shares = Decimal.min(stop.quantity, uncovered)
    loss = loss.plus(shares.times(distance))
    uncovered = uncovered.minus(shares)
  }
  return { loss, uncovered }
}

/**
 * Dollars a share from the price to the stop, zero for one that was passed; undefined if it is not known, or if the price
 * is beyond the limit of a stop-limit order, which then may not fill.
 */
function lossToStop(
  { type, stopPrice, limitPrice, trailPrice, trailPercent }: PositionExit,
  price: Price,
  isLong: boolean,
): Decimal | undefined {
  const lossTo = (level: Price) => new Decimal(price).minus(level).times(isLong ? 1 : -1)
  if (type === 'stop_limit' && limitPrice !== undefined && lossTo(limitPrice).isNegative()) return undefined
  if (stopPrice !== undefined) return Decimal.max(0, lossTo(stopPrice))
  // The best price since it was sent is at least as good as the current one, so that it is no farther away.
  if (trailPrice !== undefined) return new Decimal(trailPrice)
  return trailPercent === undefined ? undefined : new Decimal(price).times(trailPercent).div(100)
}
