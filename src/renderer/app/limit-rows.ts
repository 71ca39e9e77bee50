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
    label: 'Worth of an order',
    about: 'Of equity, or in dollars: whichever is less.',
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
    label: 'Shares of an order',
    about: 'However little they cost.',
    asks: [],
    refuses: [{ key: 'mostShares', unit: 'shares' }],
  },
  {
    label: 'Price away from the market',
    about: 'From the middle of bid and ask, on the side that costs.',
    asks: [{ key: 'priceBandAskPercent', unit: '%' }],
    refuses: [{ key: 'priceBandMostPercent', unit: '%' }],
  },
  {
    label: 'Spread',
    about: 'For orders that take the other side, in basis points.',
    asks: [{ key: 'spreadAskBps', unit: 'bps' }],
    refuses: [{ key: 'spreadMostBps', unit: 'bps' }],
  },
  {
    label: 'Age of the quote',
    about: 'Exits are sent on an old quote all the same.',
    asks: [{ key: 'quoteAgeAskMs', unit: 'ms' }],
    refuses: [{ key: 'quoteAgeMostMs', unit: 'ms' }],
  },
  {
    label: 'Position in one stock',
    about: 'Its value after the order, of equity.',
    asks: [{ key: 'concentrationAskPercent', unit: '%' }],
    refuses: [{ key: 'concentrationMostPercent', unit: '%' }],
  },
  {
    label: 'Buying power used',
    about: 'More than there is, is always refused.',
    asks: [{ key: 'buyingPowerAskPercent', unit: '%' }],
    refuses: [],
  },
  {
    label: 'Loss of the day',
    about: 'Of equity at the last close. Then only exits go out until the next session.',
    asks: [],
    refuses: [{ key: 'dailyLossPercent', unit: '%' }],
  },
  {
    label: 'The same order again',
    about: 'Same symbol, side and quantity within this time.',
    asks: [{ key: 'duplicateWithinMs', unit: 'ms' }],
    refuses: [],
  },
  {
    label: 'Orders in a row',
    about: 'Exits are never held back by this.',
    asks: [],
    refuses: [
      { key: 'ordersPerSecond', unit: 'per second' },
      { key: 'ordersPerMinute', unit: 'per minute' },
    ],
  },
]
