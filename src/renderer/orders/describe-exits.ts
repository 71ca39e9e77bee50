import { Decimal } from 'decimal.js'
import { dollarsEach } from '#shared/format/money'
import { formatDecimal } from '#shared/format/numbers'
import { formatShares } from '#shared/format/shares'
import type { PositionExit, PositionView } from '#shared/trading/account'
import { tickPlaces } from '#shared/trading/tick-size'

/** A position's stop or target for a cell. */
export interface ExitDescription {
  /** Its price, or how many there are. */
  readonly text: string
  /** How far away it is, in dollars and in R; absent if that is not known, or there are several. */
  readonly distance?: string
}

/** The position's stop or target; undefined if it has none that is active. */
export function describeExits(position: PositionView, kind: 'stop' | 'target'): ExitDescription | undefined {
  const exits = activeExits(position, kind)
  const [exit] = exits
  if (exit === undefined) return undefined
  if (exits.length > 1) return { text: `${exits.length} ${kind}s` }
  const level = levelOf(exit)
  const held = new Decimal(position.quantity).abs()
  const isPart = exit.quantity !== undefined && held.gt(exit.quantity)
  const text = level === undefined ? trailText(exit) : formatDecimal(level, tickPlaces(level))
  const distance = level === undefined ? undefined : distanceTo(position, exit, level)
  return {
    text: isPart ? `${formatShares(exit.quantity)} @ ${text}` : text,
    ...(distance !== undefined && { distance }),
  }
}

/** Exits that the exchange has for the position; those of an entry that is not filled are none yet. */
const activeExits = ({ exits }: PositionView, kind: PositionExit['kind']): readonly PositionExit[] =>
  exits.filter((exit) => exit.kind === kind && exit.waitsForEntry === undefined)

const levelOf = ({ stopPrice, limitPrice }: PositionExit) => stopPrice ?? limitPrice

const trailText = ({ trailPrice, trailPercent }: PositionExit): string =>
  trailPrice !== undefined ? `trail ${dollarsEach(trailPrice)}` : `trail ${trailPercent ?? '?'}%`

/** From the last price to the level, in dollars a share and in R; `reached` if the price is there. */
function distanceTo(position: PositionView, exit: PositionExit, level: string): string | undefined {
  const { lastPrice } = position
  if (lastPrice === undefined) return undefined
  const isUp = isLong(position) === (exit.kind === 'target')
  const away = new Decimal(level).minus(lastPrice).times(isUp ? 1 : -1)
  if (away.lte(0)) return 'reached'
  const risk = riskOf(position, exit)
  const dollars = dollarsEach(away.toDecimalPlaces(tickPlaces(level)).toFixed())
  return risk === undefined ? dollars : `${dollars} · ${formatDecimal(away.div(risk).toFixed(1), 1)}R`
}

/** Dollars a share of 1 R: what the entry risked, or else what the position's only stop loses from its average. */
function riskOf(position: PositionView, exit: PositionExit): Decimal | undefined {
  if (exit.entryRisk !== undefined) return new Decimal(exit.entryRisk)
  const [stop, ...others] = activeExits(position, 'stop')
  const { averagePrice } = position
  if (stop?.stopPrice === undefined || averagePrice === undefined || others.length > 0) return undefined
  const risk = new Decimal(averagePrice).minus(stop.stopPrice).times(isLong(position) ? 1 : -1)
  return risk.gt(0) ? risk : undefined
}

const isLong = ({ quantity }: PositionView): boolean => !quantity.startsWith('-')
