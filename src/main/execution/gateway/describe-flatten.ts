import { counted } from '#shared/format/numbers'
import { formatShares } from '#shared/format/shares'
import type { FlattenResult } from '#shared/ipc/contract'
import type { Position } from '#alpaca'
import { stockOf } from '../reconciliation/exchange-order.ts'

/** What a flatten requested. */
export interface Flattened {
  readonly canceled: number
  readonly closed: number
  /** Why closing orders were not sent, in sentences. */
  readonly refused: readonly string[]
}

/** The result of a flatten as a sentence; `left` is what the exchange still holds. */
export function describeFlatten(
  { canceled, closed, refused }: Flattened,
  left: readonly Position[],
): FlattenResult {
  const orders = counted(canceled, 'order')
  const positions = counted(closed, 'position')
  if (left.length === 0) {
    const sentence =
      canceled + closed === 0
        ? 'There was nothing to cancel or to close. The exchange says you are flat.'
        : `Canceled ${orders} and closed ${positions}. The exchange says you are flat.`
    return { isFlat: true, sentence }
  }
  const held = `Canceled ${orders}, but the exchange still holds ${left.map(text).join(', ')}.`
  return { isFlat: false, sentence: [held, ...whyLeft(refused, left)].join(' ') }
}

function whyLeft(refused: readonly string[], left: readonly Position[]): readonly string[] {
  const others = left.filter((position) => stockOf(position) === undefined).map(({ symbol }) => symbol)
  const areSent = refused.length === 0 && others.length < left.length
  return [
    ...(areSent ? ['The orders to close them are working; look at Orders.'] : refused),
    ...(others.length > 0 ? [`Signal closes stocks alone: close ${others.join(', ')} in Alpaca’s app.`] : []),
  ]
}

const text = ({ symbol, qty }: Position): string =>
  `${formatShares(qty.abs())} ${symbol}${qty.isNegative() ? ' short' : ''}`
