import { amount, averagePrice, isTouched, type SimOrder } from '../matching/index.ts'
import { assetOf } from '../reference/index.ts'
import type { SimAccountState } from './account-state.ts'
import type { Prices } from './prices.ts'

/** Writes orders in Alpaca's format. */
export class OrderWire {
  readonly #accountState: SimAccountState
  readonly #prices: Prices

  constructor(accountState: SimAccountState, prices: Prices) {
    this.#accountState = accountState
    this.#prices = prices
  }

  /** An order's legs that were not replaced, in the order they arrived. */
  legsOf({ id }: SimOrder): readonly SimOrder[] {
    return this.#accountState
      .orders()
      .filter(({ parentId, status }) => parentId === id && status !== 'replaced')
  }

  /** The order with its legs. */
  nested(order: SimOrder): object {
    const legs = order.orderClass === '' || order.orderClass === 'simple' ? [] : this.legsOf(order)
    return this.#write(order, legs.length === 0 ? null : legs.map((leg) => this.#write(leg, null)))
  }

  /** The order alone. */
  flat(order: SimOrder): object {
    return this.#write(order, null)
  }

  #write(order: SimOrder, legs: readonly object[] | null): object {
    const listing = this.#prices.listing(order.symbol)
    const { filledQty, filledCost, expiresAt } = order
    return {
      id: order.id,
      client_order_id: order.clientOrderId,
      created_at: order.createdAt,
      updated_at: order.updatedAt,
      submitted_at: order.createdAt,
      filled_at: order.status === 'filled' ? order.filledAt : null,
      expired_at: order.expiredAt,
      canceled_at: order.canceledAt,
      failed_at: order.failedAt,
      replaced_at: order.replacedAt,
      replaced_by: order.replacedBy,
      replaces: order.replaces,
      asset_id: listing === undefined ? '' : assetOf(listing).id,
      symbol: order.symbol,
      asset_class: 'us_equity',
      notional: order.notional,
      qty: order.qty,
      filled_qty: filledQty,
      filled_avg_price: isTouched(order)
        ? averagePrice(amount(filledCost), amount(filledQty)).toFixed()
        : null,
      order_class: order.orderClass,
      order_type: order.type,
      type: order.type,
      side: order.side,
      position_intent: order.positionIntent,
      time_in_force: order.timeInForce,
      limit_price: order.limitPrice,
      stop_price: order.stopPrice,
      status: order.status,
      extended_hours: order.extendedHours,
      legs,
      trail_percent: order.trailPercent,
      trail_price: order.trailPrice,
      hwm: order.hwm,
      subtag: null,
      source: null,
      expires_at: expiresAt === null ? null : new Date(expiresAt).toISOString(),
    }
  }
}
