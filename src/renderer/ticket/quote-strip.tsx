import { Decimal } from 'decimal.js'
import { decimalsOf, formatCount, formatDecimal } from '#shared/format/numbers'
import type { MarketRow } from '#shared/market'
import { spreadBps } from '#shared/trading/spread'
import { tickPlaces } from '#shared/trading/tick-size'
import type { Price } from '#shared/units'
import { useClock } from '../stores/clock.ts'
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
  if (symbol === undefined) return <p className="py-2 text-xs text-muted">Type a symbol to see its quote.</p>
  if (!row || (row.bid === undefined && row.ask === undefined && row.price === undefined)) {
    return (
      <p className="py-2 text-xs text-muted">
        Waiting for the first quote of {symbol}. Orders need one to be checked against.
      </p>
    )
  }
  return (
    <section aria-label={`Quote of ${symbol}`}>
      <div className="grid grid-cols-2 gap-1.5">
        <Quoted view={view} name="Bid" price={row.bid} size={row.bidSize} />
        <Quoted view={view} name="Ask" price={row.ask} size={row.askSize} />
      </div>
      <p className="mt-1 flex flex-wrap gap-x-3 text-xs text-soft">
        {row.lastTrade && (
          <button
            type="button"
            disabled={!takesPrice(view)}
            title={takesPrice(view) ? 'Take as price' : undefined}
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
      title={takes ? `Take the ${name.toLowerCase()} as price` : undefined}
      onClick={() => price !== undefined && take(view, price)}
      className="rounded-md border border-line px-2.5 py-1 text-left enabled:hover:bg-hover"
    >
      <span className="flex justify-between gap-2 text-2xs text-muted">
        <span>{name}</span>
        <span>{size === undefined ? 'no size' : `× ${formatCount(size)}`}</span>
      </span>
      <span className="block text-base font-semibold">{price === undefined ? 'none' : shown(price)}</span>
    </button>
  )
}

/** The spread in cents and in basis points of the mid. */
function describeSpread({ spread, bid, ask }: MarketRow): string {
  if (spread === undefined || bid === undefined || ask === undefined) return 'No spread: one side is empty'
  const points = spreadBps(new Decimal(bid), new Decimal(ask))
  return `Spread ${new Decimal(spread).times(100).toDecimalPlaces(2).toFixed()}¢, ${points.toFixed(1)} bps`
}

function Age({ row }: { readonly row: MarketRow }) {
  const text = useClock(({ now }) => describeQuote(row, now).text)
  const isDoubtful = useClock(({ now }) => describeQuote(row, now).isDoubtful)
  return <span className={isDoubtful ? 'font-medium text-warn' : undefined}>{text}</span>
}
