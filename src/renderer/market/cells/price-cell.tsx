import { formatDecimal } from '#shared/format/numbers'
import { tickPlaces } from '#shared/trading/tick-size'
import type { Price, StockSymbol } from '#shared/units'
import { useConnection } from '../../stores/connection.ts'
import { useMarket } from '../../stores/market.ts'
import { useUnknownSymbols } from '../../stores/watchlists.ts'
import type { ShownRow } from '../../stores/shown-row.ts'
import { classNames } from '../../ui/class-names.ts'
import { changedFrom, decimalPadding } from '../../ui/numerals.ts'
import { describeFreshness, hasColor, isDoubtful } from '../describe-freshness.ts'
import { useRow, useText } from '../use-row.ts'
import { SourceTag } from './source-tag.tsx'
import { useFlash } from './use-flash.ts'

const ARROWS = { up: '▲', down: '▼', unchanged: '' } as const

/** The price with its direction, its freshness and its source. */
export function PriceCell({ symbol }: { readonly symbol: StockSymbol }) {
  const row = useRow(symbol)
  const freshness = row?.freshness ?? 'waiting'
  const lacksKeys = useConnection(({ connection }) => connection?.status === 'not-configured')
  const isUnknown = useUnknownSymbols(({ symbols }) => symbols.includes(symbol))
  const text = useText((now) => {
    if (freshness === 'waiting' && isUnknown) return 'unknown symbol'
    return lacksKeys && freshness === 'waiting' ? 'no keys' : describeFreshness(row ?? { freshness }, now)
  })
  const direction = row && hasColor(row) ? row.direction : 'unchanged'
  return (
    <div
      data-direction={direction}
      data-freshness={freshness}
      className={classNames(
        'flex h-full w-full items-center gap-2.5 px-2',
        isDoubtful(freshness) && 'hatched',
      )}
    >
      <span className="grow" />
      <span className={classNames('truncate text-2xs', isDoubtful(freshness) ? 'text-ink' : 'text-muted')}>
        {text}
      </span>
      {row?.price !== undefined && <Amount row={row} price={row.price} direction={direction} />}
      <SourceTag symbol={symbol} />
    </div>
  )
}

const LOOKS = {
  up: { whole: 'text-up', moved: 'text-up-strong' },
  down: { whole: 'text-down', moved: 'text-down-strong' },
  unchanged: { whole: 'text-soft', moved: 'text-soft' },
} as const

/** Dimmed while the next quote is a little late. */
const AGEING = { whole: 'text-muted', moved: 'text-muted' } as const

interface AmountProps {
  readonly row: ShownRow
  readonly price: Price
  readonly direction: keyof typeof LOOKS
}

/** The number itself; the digits that moved stand out. A mid has room for half a cent. */
function Amount({ row, price, direction }: AmountProps) {
  const decimals = useMarket((market) => market.decimals) + 1
  const own = tickPlaces(price) + (row.basis === 'mid' ? 1 : 0)
  const text = formatDecimal(price, own)
  const from =
    row.movedFrom === undefined ? text.length : changedFrom(formatDecimal(row.movedFrom, own), text)
  const isAgeing = row.freshness === 'ageing'
  const flash = useFlash(row.moves, isAgeing ? 'unchanged' : direction)
  const { whole, moved } = isAgeing ? AGEING : LOOKS[direction]
  return (
    <span ref={flash} className={classNames('-mx-1.5 rounded-sm px-1.5 py-0.5 whitespace-nowrap', whole)}>
      {direction !== 'unchanged' && (
        <span role="img" aria-label={direction} className="mr-1 text-[0.5625rem]">
          {ARROWS[direction]}
        </span>
      )}
      <span className="font-medium">{text.slice(0, from)}</span>
      <span className={classNames('font-medium', moved)}>{text.slice(from)}</span>
      <span aria-hidden className="whitespace-pre">
        {decimalPadding(text, decimals)}
      </span>
    </span>
  )
}
