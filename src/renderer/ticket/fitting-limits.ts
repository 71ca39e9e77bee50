import { Decimal } from 'decimal.js'
import { formatCount } from '#shared/format/numbers'
import { orderValueLimits, riskLimits, type RiskLimits, type RiskLimitsPatch } from '#shared/trading/limits'

interface Proposal {
  readonly limits: RiskLimitsPatch
  /** US dollars above which such an order asks now. */
  readonly warning: Decimal
  /** What the change would be, in words. */
  readonly sentence: string
}

/** Room above the usual order before it asks, and before it is refused. */
const ROOM = { ask: 1.5, most: 3 }

/** A number that is easy to say, not below this one: two digits and zeros. */
function roundUp(amount: Decimal): number {
  const unit = Decimal.pow(10, Math.max(0, amount.toFixed(0).length - 2))
  return amount.div(unit).ceil().times(unit).toNumber()
}

/** Limits under which an order of this value needs no confirmation; undefined if it needs none now. */
export function fittingLimits(
  limits: RiskLimits,
  equity: string | undefined,
  value: Decimal.Value,
): Proposal | undefined {
  const usual = new Decimal(value)
  const known = equity === undefined ? undefined : new Decimal(equity)
  const { ask: warning } = orderValueLimits(limits, known)
  if (usual.lte(warning)) return undefined
  const [askDollars, mostDollars] = [roundUp(usual.times(ROOM.ask)), roundUp(usual.times(ROOM.most))]
  const percentOf = (dollars: number) =>
    known?.gt(0) ? roundUp(new Decimal(dollars).div(known).times(100)) : 0
  const higher = (limit: keyof RiskLimits, wanted: number): RiskLimitsPatch => {
    const most = riskLimits.shape[limit].maxValue ?? wanted
    return wanted > limits[limit] ? { [limit]: Math.min(wanted, most) } : {}
  }
  return {
    warning,
    limits: {
      ...higher('notionalAskDollars', askDollars),
      ...higher('notionalAskPercent', percentOf(askDollars)),
      ...higher('notionalMostDollars', mostDollars),
      ...higher('notionalMostPercent', percentOf(mostDollars)),
    },
    sentence: `Warn above $${formatCount(askDollars)} and block above $${formatCount(mostDollars)} instead?`,
  }
}
