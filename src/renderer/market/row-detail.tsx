import { XMarkIcon } from '@heroicons/react/16/solid'
import { Decimal } from 'decimal.js'
import { useLayoutEffect, useRef, type ReactNode } from 'react'
import { formatCount, formatDecimal } from '#shared/format/numbers'
import { signedPercent } from '#shared/format/percent'
import { spreadBps } from '#shared/trading/spread'
import { tickPlaces } from '#shared/trading/tick-size'
import type { Price, StockSymbol } from '#shared/units'
import { useClock } from '../stores/clock.ts'
import type { ShownRow } from '../stores/shown-row.ts'
import { IconButton } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { ago, minuteInZone, momentInZone } from '../ui/times.ts'
import { shownChange, shownDistance, shownPrice } from '../ui/numerals.ts'
import { signLook } from '../ui/sign-look.ts'
import { focusGrid, openDetail } from './grid-focus.ts'
import { describeClose } from './describe-close.ts'
import { believe, provenance } from './provenance.ts'
import { useRow } from './use-row.ts'

/**
 * Everything known about one symbol, and whether to believe it. In a narrow window it covers the grid and
 * takes the focus, which returns to the grid when it closes.
 */
export function RowDetail({ symbol }: { readonly symbol: StockSymbol }) {
  const row = useRow(symbol)
  const panel = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    const shown = panel.current
    if (shown && getComputedStyle(shown).position === 'absolute') shown.querySelector('button')?.focus()
    return () => {
      if (shown?.contains(document.activeElement)) focusGrid()
    }
  }, [])
  return (
    <aside
      ref={panel}
      aria-label={`Details of ${symbol}`}
      className="flex w-76 shrink-0 flex-col overflow-y-auto border-l border-line bg-surface max-md:absolute max-md:inset-0 max-md:z-20 max-md:w-auto max-md:border-l-0"
    >
      <header className="flex items-center gap-2 px-4 pt-3">
        <h2 className="grow text-lg font-semibold">{symbol}</h2>
        <IconButton label="Close details" onClick={() => openDetail(undefined)}>
          <XMarkIcon className="size-4" />
        </IconButton>
      </header>
      {row ? <Known row={row} /> : <p className="px-4 py-2 text-muted">Waiting for quote</p>}
    </aside>
  )
}

function Known({ row }: { readonly row: ShownRow }) {
  const now = useClock((clock) => clock.now)
  const { bar, lastTrade } = row
  return (
    <div className="px-4 pb-4">
      <Headline row={row} />
      <Section title="Price quality">
        <Belief row={row} now={now} />
      </Section>
      <Section title="Quote">
        <Fact label="Bid">{quoted(row.bid, row.bidSize)}</Fact>
        <Fact label="Ask">{quoted(row.ask, row.askSize)}</Fact>
        <Fact label="Mid">{row.basis === 'mid' ? exact(row.price) : NOT_KNOWN}</Fact>
        <Fact label="Spread">{describeSpread(row)}</Fact>
        {lastTrade && (
          <Fact label="Last trade">
            {quoted(lastTrade.price, lastTrade.size)}, {ago(now - lastTrade.at)}
          </Fact>
        )}
      </Section>
      <Section title="Today">
        <Fact label="Open">{dollars(row.dayOpen)}</Fact>
        <Fact label="High">{dollars(row.dayHigh)}</Fact>
        <Fact label="Low">{dollars(row.dayLow)}</Fact>
        <Fact label="Volume">{row.dayVolume === undefined ? NOT_KNOWN : formatCount(row.dayVolume)}</Fact>
        <Fact label="Previous close">
          {dollars(row.previousClose)}
          {row.previousCloseOf && `, ${describeClose(row.previousCloseOf)}`}
        </Fact>
      </Section>
      <Section title="Last 1-min bar">
        {bar ? (
          <>
            <Fact label="Minute">
              {minuteInZone(bar.at)}
              {row.barCorrected === true && ', revised'}
            </Fact>
            <Fact label="Open, high">{`${dollars(bar.open)}, ${dollars(bar.high)}`}</Fact>
            <Fact label="Low, close">{`${dollars(bar.low)}, ${dollars(bar.close)}`}</Fact>
            <Fact label="Volume">{formatCount(bar.volume)}</Fact>
            {bar.vwap !== undefined && <Fact label="VWAP">{dollars(bar.vwap)}</Fact>}
            {bar.tradeCount !== undefined && <Fact label="Trades">{formatCount(bar.tradeCount)}</Fact>}
          </>
        ) : (
          <p className="text-muted">No bars yet.</p>
        )}
      </Section>
    </div>
  )
}

function Headline({ row }: { readonly row: ShownRow }) {
  const { price, change, changePercent } = row
  const last = row.last ?? price
  return (
    <p className="flex items-baseline gap-2.5">
      <span className="text-2xl font-semibold">{dollars(last)}</span>
      {change !== undefined && changePercent !== undefined && (
        <span className={classNames(signLook(change))}>
          {shownChange(change, last ?? change)} ({signedPercent(changePercent)})
        </span>
      )}
    </p>
  )
}

const ANSWERS = {
  yes: { text: 'Yes.', look: 'text-good' },
  caution: { text: 'Caution.', look: 'text-warn' },
  no: { text: 'No.', look: 'text-bad' },
} as const

function Belief({ row, now }: { readonly row: ShownRow; readonly now: number }) {
  const { answer, because } = believe(row, now)
  const { text, look } = ANSWERS[answer]
  return (
    <>
      <p className="mb-1.5">
        <strong className={look}>{text}</strong> {because}
      </p>
      {provenance(row, now).map(([label, value]) => (
        <Fact key={label} label={label}>
          {value}
        </Fact>
      ))}
      {row.halt && <Fact label="Halted">{momentInZone(row.halt.at, now)}</Fact>}
    </>
  )
}

const NOT_KNOWN = 'unknown'

/** A price with all its digits: a mid has half cents. */
const exact = (amount: Price | undefined): string =>
  amount === undefined ? NOT_KNOWN : formatDecimal(amount, tickPlaces(amount))

const dollars = (amount: Price | undefined): string => (amount === undefined ? NOT_KNOWN : shownPrice(amount))

const quoted = (amount: Price | undefined, size: number | undefined): string =>
  amount === undefined
    ? 'no quote'
    : `${dollars(amount)}${size === undefined ? '' : ` × ${formatCount(size)}`}`

/** The spread in dollars and in basis points of the mid. */
function describeSpread({ spread, bid, ask }: ShownRow): string {
  if (spread === undefined || bid === undefined || ask === undefined) return NOT_KNOWN
  const points = spreadBps(new Decimal(bid), new Decimal(ask)).toFixed(1)
  return `${shownDistance(spread, bid)}, ${points} bps`
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="mt-4 border-t border-line pt-3">
      <h3 className="mb-1.5 text-xs font-semibold text-muted">{title}</h3>
      {children}
    </section>
  )
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="flex justify-between gap-3 py-0.5">
      <span className="shrink-0 text-muted">{label}</span>
      <span className="text-right">{children}</span>
    </div>
  )
}
