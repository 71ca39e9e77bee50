import type { Price } from '#shared/units'
import { useMarket } from '../../stores/market.ts'
import type { Move, ShownRow } from '../../stores/shown-row.ts'
import { classNames } from '../../ui/class-names.ts'
import { Padding } from '../../ui/figure.tsx'
import { changedFrom, shownPrice } from '../../ui/numerals.ts'
import { hasColor } from '../describe-freshness.ts'
import { useFlash } from './use-flash.ts'

const ARROWS = { up: '▲', down: '▼', unchanged: '' } as const

const LOOKS = {
  up: { whole: 'text-up', moved: 'text-up-strong' },
  down: { whole: 'text-down', moved: 'text-down-strong' },
  unchanged: { whole: 'text-soft', moved: 'text-soft' },
} as const

/** Dimmed while the next quote is a little late. */
const AGEING = { whole: 'text-muted', moved: 'text-muted' } as const

interface Props {
  readonly row: ShownRow
  readonly move: Move
  readonly price: Price
}

/** A price that flashes when it moves; the digits that moved stand out. */
export function MovingPrice({ row, move, price }: Props) {
  const decimals = useMarket((market) => market.decimals)
  const direction = hasColor(row) ? move.direction : 'unchanged'
  const text = shownPrice(price)
  const from = move.movedFrom === undefined ? text.length : changedFrom(shownPrice(move.movedFrom), text)
  const isAgeing = row.freshness === 'ageing'
  const flash = useFlash(move.moves, isAgeing ? 'unchanged' : direction)
  const { whole, moved } = isAgeing ? AGEING : LOOKS[direction]
  return (
    <span
      ref={flash}
      className={classNames('-mx-1.5 rounded-sm px-1.5 py-0.5 font-medium whitespace-nowrap', whole)}
    >
      <span className="mr-1 inline-block w-2.5 text-[0.5625rem] leading-none">
        {direction !== 'unchanged' && (
          <span role="img" aria-label={direction}>
            {ARROWS[direction]}
          </span>
        )}
      </span>
      {text.slice(0, from)}
      {from < text.length && <span className={moved}>{text.slice(from)}</span>}
      <Padding text={text} decimals={decimals} />
    </span>
  )
}
