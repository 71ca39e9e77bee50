import type { ReactNode } from 'react'
import { Decimal } from 'decimal.js'
import { decimalsOf, formatCount, formatDecimal } from '#shared/format/numbers'
import type { MarketRow } from '#shared/market'
import { spreadBps } from '#shared/trading/spread'
import { tickPlaces } from '#shared/trading/tick-size'
import type { Price } from '#shared/units'
import { useClock } from '../stores/clock.ts'
import { ENTER_SYMBOL } from './blocked.ts'
import { priceText } from './price-steps.ts'
import { describeQuote } from './describe-quote.ts'
import { hasLimit, hasStop } from './ticket-form.ts'
import { editForm } from './ticket-store.ts'
import type { TicketView } from './use-ticket-view.ts'

const shown = (price: Price) => formatDecimal(price, Math.max(tickPlaces(price), decimalsOf(price)))

/** Whether a clicked price is taken: only while editing, not in the review. */
const takesPrice = ({ state: { form, step } }: TicketView): boolean =>
  step === 'edit' && (hasLimit(form) || hasStop(form))

/** Puts a clicked price into the field where the order takes one. */
function take(view: TicketView, price: Price): void {
  const { form } = view.state
  const text = priceText(price)
  if (hasLimit(form)) editForm((now) => ({ ...now, limitPrice: text }))
  else if (hasStop(form)) editForm((now) => ({ ...now, stopPrice: text }))
}

/** The market for this order: bid, ask, last, spread, and how old they are. */
export function QuoteStrip({ view }: { readonly view: TicketView }) {
  const { row, symbol } = view
  if (symbol === undefined) return <Empty>{ENTER_SYMBOL}</Empty>
  if (!row || (row.bid === undefined && row.ask === undefined && row.price === undefined)) {
    return <Empty>Waiting for {symbol} quote</Empty>
  }
  return (
    <section aria-label={`Quote of ${symbol}`}>
      <div className="grid grid-cols-2 gap-1.5">
        <Quoted view={view} name="Bid" price={row.bid} size={row.bidSize} />
        <Quoted view={view} name="Ask" price={row.ask} size={row.askSize} />
      </div>
      <p className="mt-1 flex h-4 gap-x-3 overflow-hidden text-xs leading-4 whitespace-nowrap text-soft">
        {row.lastTrade && (
          <button
            type="button"
            disabled={!takesPrice(view)}
            title={takesPrice(view) ? 'Use this price' : undefined}
            onClick={() => row.lastTrade && take(view, row.lastTrade.price)}
            className="rounded-sm enabled:hover:text-ink enabled:hover:underline"
          >
            Last {shown(row.lastTrade.price)}
          </button>
        )}
        <span>{describeSpread(row)}</span>
        <Age row={row} />
      </p>
    </section>
  )
}

/** As tall as a quote, so that its arrival moves nothing. */
const Empty = ({ children }: { readonly children: ReactNode }) => (
  <p className="flex h-15 items-center text-xs text-muted">{children}</p>
)

interface QuotedProps {
  readonly view: TicketView
  readonly name: 'Bid' | 'Ask'
  readonly price: Price | undefined
  readonly size: number | undefined
}

function Quoted({ view, name, price, size }: QuotedProps) {
  const takes = takesPrice(view)
  return (
    <button
      type="button"
      disabled={price === undefined || !takes}
      title={takes ? 'Use this price' : undefined}
      onClick={() => price !== undefined && take(view, price)}
      className="flex h-10 items-center justify-between gap-2 rounded-md border border-line px-2 text-left enabled:hover:bg-hover"
    >
      <span className="grid text-2xs leading-3.5 text-muted">
        <span>{name}</span>
        <span>{size === undefined ? '-' : `× ${formatCount(size)}`}</span>
      </span>
      <span className="text-base font-semibold">{price === undefined ? '-' : shown(price)}</span>
    </button>
  )
}

/** The spread in cents and in basis points of the mid. */
function describeSpread({ spread, bid, ask }: MarketRow): string {
  if (spread === undefined || bid === undefined || ask === undefined) return 'One-sided quote'
  const points = spreadBps(new Decimal(bid), new Decimal(ask))
  return `Spread ${new Decimal(spread).times(100).toDecimalPlaces(2).toFixed()}¢, ${points.toFixed(1)} bps`
}

function Age({ row }: { readonly row: MarketRow }) {
  const text = useClock(({ now }) => describeQuote(row, now).text)
  const isDoubtful = useClock(({ now }) => describeQuote(row, now).isDoubtful)
  return <span className={isDoubtful ? 'font-medium text-warn' : undefined}>{text}</span>
}
