import { formatCompact, formatDecimal } from '#shared/format/numbers'
import { tickPlaces } from '#shared/trading/tick-size'
import type { StockSymbol } from '#shared/units'
import { classNames } from '../../ui/class-names.ts'
import { minuteInZone } from '../../ui/times.ts'
import { useRowFact } from '../use-row.ts'
import { Unknown } from '../../ui/figure.tsx'

/** Open, high, low, close and volume of the last minute bar. */
export function BarCell({ symbol }: { readonly symbol: StockSymbol }) {
  const bar = useRowFact(symbol, (row) => row.bar)
  const corrected = useRowFact(symbol, ({ barCorrected }) => barCorrected) ?? false
  if (!bar) return <Unknown />
  const price = (value: string) => formatDecimal(value, tickPlaces(bar.close))
  const parts = [
    ['O', price(bar.open)],
    ['H', price(bar.high)],
    ['L', price(bar.low)],
    ['C', price(bar.close)],
    ['V', formatCompact(bar.volume)],
  ] as const
  return (
    <span
      title={`${minuteInZone(bar.at)} bar${corrected ? ', revised' : ''}`}
      className={classNames(
        'grid w-full grid-cols-[repeat(4,1fr)_0.9fr] gap-x-2.5 text-xs',
        corrected ? 'text-accent' : 'text-soft',
      )}
    >
      {corrected && <span className="sr-only">revised</span>}
      {parts.map(([label, value]) => (
        <span key={label} className="flex justify-between gap-1">
          <span className="text-muted">{label}</span>
          <span>{value}</span>
        </span>
      ))}
    </span>
  )
}
