import type { OrderSide } from '#shared/trading/order'
import { classNames } from '../ui/class-names.ts'
import { Keys } from '../ui/keys.tsx'
import { withSide } from './staging.ts'
import { editForm } from './ticket-store.ts'
import type { TicketView } from './use-ticket-view.ts'

const SIDES: readonly (readonly [side: OrderSide, word: string, keys: string, chosen: string])[] = [
  ['buy', 'Buy', 'Alt+B', 'bg-up text-surface'],
  ['sell', 'Sell', 'Alt+S', 'bg-down text-surface'],
]

/** Buy or sell. */
export function SideChoice({ view }: { readonly view: TicketView }) {
  const { form } = view.state
  return (
    <div
      role="radiogroup"
      aria-label="Side"
      className="@container grid h-7 grid-cols-2 rounded-md border border-control p-px"
    >
      {SIDES.map(([side, word, keys, chosen]) => (
        <label
          key={side}
          title={`${word} (${keys})`}
          className={classNames(
            'relative flex cursor-pointer items-center justify-center gap-1.5 rounded-[5px] text-sm font-semibold',
            'has-focus-visible:outline-2 has-focus-visible:outline-accent',
            form.side === side ? chosen : 'text-soft hover:bg-hover',
          )}
        >
          <input
            type="radio"
            name="ticket-side"
            value={side}
            checked={form.side === side}
            onChange={() => editForm((now) => withSide(now, side, view.row))}
            className="sr-only"
          />
          {word}
          {form.side !== side && (
            <span className="@max-[10.5rem]:hidden">
              <Keys keys={keys} />
            </span>
          )}
        </label>
      ))}
    </div>
  )
}
