import type { StockSymbol } from '#shared/units'
import { useConnection } from '../../stores/connection.ts'
import type { ShownRow } from '../../stores/shown-row.ts'
import { useUnknownSymbols } from '../../stores/watchlists.ts'
import { classNames } from '../../ui/class-names.ts'
import { clockTime } from '../../ui/times.ts'
import { describeFreshness, hasColor, isDoubtful } from '../describe-freshness.ts'
import { useRow, useText } from '../use-row.ts'
import { MovingPrice } from './moving-price.tsx'
import { SourceTag } from './source-tag.tsx'

/** The last trade's price with its direction, and how fresh and from where this symbol's data is. */
export function LastCell({ symbol }: { readonly symbol: StockSymbol }) {
  const row = useRow(symbol)
  const freshness = row?.freshness ?? 'waiting'
  const lacksKeys = useConnection(({ connection }) => connection?.status === 'not-configured')
  const isUnknown = useUnknownSymbols(({ symbols }) => symbols.includes(symbol))
  const text = useText((now) => {
    if (freshness === 'waiting' && isUnknown) return 'unknown symbol'
    return lacksKeys && freshness === 'waiting' ? 'no API keys' : describeFreshness(row ?? { freshness }, now)
  })
  return (
    <div
      data-direction={row && hasColor(row) ? row.lastMove.direction : 'unchanged'}
      data-freshness={freshness}
      className={classNames(
        'flex h-full w-full items-center justify-end gap-1 px-2',
        isDoubtful(freshness) && 'hatched',
      )}
    >
      {text !== '' && (
        <span
          title={text}
          className={classNames('truncate text-2xs', isDoubtful(freshness) ? 'text-ink' : 'text-muted')}
        >
          {text}
          {row?.halt && <HaltReason {...row.halt} />}
        </span>
      )}
      {row?.last !== undefined && <MovingPrice row={row} move={row.lastMove} price={row.last} />}
      <SourceTag symbol={symbol} />
    </div>
  )
}

/** The reason of a halt for those who cannot hover over its tag. */
function HaltReason({ reason, code, at }: NonNullable<ShownRow['halt']>) {
  return <span className="sr-only">{`: ${reason} (${code}) since ${clockTime(at)}`}</span>
}
