import { formatDecimal } from '#shared/format/numbers'
import type { RiskLimits } from '#shared/trading/limits'

/** One limit that can be set, with its unit. */
interface LimitCell {
  readonly key: keyof RiskLimits
  readonly unit: string
}

/** A row of limits: one that asks in the review, one that refuses. */
export interface LimitRow {
  readonly label: string
  readonly about: string
  readonly asks: readonly LimitCell[]
  readonly refuses: readonly LimitCell[]
}

/** All limits, in the order in which an order meets them. */
export const LIMIT_ROWS: readonly LimitRow[] = [
  {
    label: 'Order value',
    about: '% of equity or $, whichever is less.',
    asks: [
      { key: 'notionalAskPercent', unit: '%' },
      { key: 'notionalAskDollars', unit: '$' },
    ],
    refuses: [
      { key: 'notionalMostPercent', unit: '%' },
      { key: 'notionalMostDollars', unit: '$' },
    ],
  },
  {
    label: 'Shares per order',
    about: 'At any price.',
    asks: [],
    refuses: [{ key: 'mostShares', unit: 'shares' }],
  },
  {
    label: 'Price away from market',
    about: 'From the midpoint, on the costly side.',
    asks: [{ key: 'priceBandAskPercent', unit: '%' }],
    refuses: [{ key: 'priceBandMostPercent', unit: '%' }],
  },
  {
    label: 'Spread',
    about: 'Marketable orders, in basis points.',
    asks: [{ key: 'spreadAskBps', unit: 'bps' }],
    refuses: [{ key: 'spreadMostBps', unit: 'bps' }],
  },
  {
    label: 'Quote age',
    about: 'Exits are sent on an old quote anyway.',
    asks: [{ key: 'quoteAgeAskMs', unit: 'ms' }],
    refuses: [{ key: 'quoteAgeMostMs', unit: 'ms' }],
  },
  {
    label: 'Position in one stock',
    about: 'Value after the order, % of equity.',
    asks: [{ key: 'concentrationAskPercent', unit: '%' }],
    refuses: [{ key: 'concentrationMostPercent', unit: '%' }],
  },
  {
    label: 'Buying power used',
    about: 'More than available is always blocked.',
    asks: [{ key: 'buyingPowerAskPercent', unit: '%' }],
    refuses: [],
  },
  {
    label: 'Daily loss',
    about: '% of equity at the last close. Then close-only until next session.',
    asks: [],
    refuses: [{ key: 'dailyLossPercent', unit: '%' }],
  },
  {
    label: 'Repeated order',
    about: 'Same symbol, side and quantity within this time.',
    asks: [{ key: 'duplicateWithinMs', unit: 'ms' }],
    refuses: [],
  },
  {
    label: 'Order rate',
    about: 'Exits are exempt.',
    asks: [],
    refuses: [
      { key: 'ordersPerSecond', unit: 'per second' },
      { key: 'ordersPerMinute', unit: 'per minute' },
    ],
  },
]

/** A limit with its unit: `50%`, `$50,000`, `5 per second`. */
export function describeLimit({ unit }: LimitCell, value: number): string {
  const number = formatDecimal(String(value), 0)
  return unit === '%' ? `${number}%` : unit === '$' ? `$${number}` : `${number} ${unit}`
}
