import { addDays, newYorkTime } from '#shared/calendar/new-york'
import { exchangeDayOf, tradingDay } from '#shared/exchange-calendar'
import type { EpochMs, ExchangeDay } from '#shared/units'
import type { SimOrder } from '../matching/index.ts'
import type { SimExchange } from '../exchange/index.ts'

/** When a day's orders end, and when its auctions are held. */
interface DayHours {
  readonly open: EpochMs
  readonly close: EpochMs
  readonly afterClose: EpochMs
}

type Auction = 'opg' | 'cls'

/**
 * When auction orders are rejected on the day of the auction, from <= t < until, New York. Source: Alpaca
 * API, "Orders".
 */
const AUCTION_CLOSED: Readonly<Record<Auction, readonly [from: string, until: string]>> = {
  opg: ['09:28', '19:00'],
  cls: ['15:50', '19:00'],
}
/** Alpaca cancels a good-till-canceled order after this many days, at this time. */
const GTC_DAYS = 90
const GTC_ENDS = '16:15'

/**
 * When orders trade and when they end. While the market is always open, every day is a trading day: auctions
 * are at 09:30 and 16:00, day orders end at 20:00 New York.
 */
export class TradingHours {
  readonly #exchange: SimExchange

  constructor(exchange: SimExchange) {
    this.#exchange = exchange
  }

  /** Whether such an order trades at that time, halts aside. */
  trades({ extendedHours, type }: Pick<SimOrder, 'extendedHours' | 'type'>, at: EpochMs): boolean {
    if (this.#exchange.isRegular(at)) return true
    return extendedHours && type === 'limit' && this.#exchange.isOpen(at)
  }

  /** Whether that is in the regular session, in which any order trades. */
  isRegular(at: EpochMs): boolean {
    return this.#exchange.isRegular(at)
  }

  /** When an order that arrives then expires; for an auction order, the time of the auction. */
  expiry(
    { timeInForce, extendedHours }: Pick<SimOrder, 'timeInForce' | 'extendedHours'>,
    at: EpochMs,
  ): EpochMs | undefined {
    switch (timeInForce) {
      case 'ioc':
      case 'fok':
        return undefined
      case 'gtc':
        return newYorkTime(addDays(exchangeDayOf(at), GTC_DAYS), GTC_ENDS)
      case 'opg':
        return this.#next(at, ({ open }) => open)
      case 'cls':
        return this.#next(at, ({ close }) => close)
      case 'day':
        return this.#next(at, ({ close, afterClose }) =>
          extendedHours || this.#exchange.alwaysOpen ? afterClose : close,
        )
    }
  }

  /** Whether an order for that auction is accepted at that time. */
  takesAuctionOrders(auction: Auction, at: EpochMs): boolean {
    const day = exchangeDayOf(at)
    if (this.#hoursOf(day) === undefined) return true
    const [from, until] = AUCTION_CLOSED[auction]
    return at < newYorkTime(day, from) || at >= newYorkTime(day, until)
  }

  #next(at: EpochMs, instant: (hours: DayHours) => EpochMs): EpochMs {
    for (let day = exchangeDayOf(at); ; day = addDays(day, 1)) {
      const hours = this.#hoursOf(day)
      if (hours !== undefined && instant(hours) > at) return instant(hours)
    }
  }

  #hoursOf(day: ExchangeDay): DayHours | undefined {
    if (!this.#exchange.alwaysOpen) return tradingDay(day)
    return {
      open: newYorkTime(day, '09:30'),
      close: newYorkTime(day, '16:00'),
      afterClose: newYorkTime(day, '20:00'),
    }
  }
}
