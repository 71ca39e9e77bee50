import { useSelection } from '../stores/selection.ts'
import { CONTROL } from '../ui/field.tsx'
import { classNames } from '../ui/class-names.ts'
import { Holding } from './holding.tsx'
import { describedAt } from './message-places.ts'
import { SideChoice } from './side-choice.tsx'
import { isInvalid, TicketField } from './ticket-field.tsx'
import { emptied } from './staging.ts'
import { joinPrice } from './price-steps.ts'
import { stageHere } from './ticket-actions.ts'
import { editForm, rowOf, symbolOf, tellTicket, useTicket } from './ticket-store.ts'
import type { TicketView } from './use-ticket-view.ts'

/**
 * Changes the symbol. Prices of the old symbol are dropped; the new order starts at the near side of its
 * quote.
 */
function changeSymbol(text: string): void {
  const { form } = useTicket.getState()
  const symbol = text.toUpperCase()
  tellTicket({ kind: 'edited', form: { ...emptied(form), symbol }, field: 'symbol' })
}

function begin(): void {
  const { form } = useTicket.getState()
  const row = rowOf(symbolOf(form))
  const price = row && joinPrice(form.side, row)
  tellTicket({ kind: 'left', field: 'symbol' })
  if (form.limitPrice === '' && price !== undefined) editForm((now) => ({ ...now, limitPrice: price }))
}

/** Offers the selected row's symbol if it is not the ticket's: one click takes it over. */
function SelectedSymbol({ view: { symbol, state } }: { readonly view: TicketView }) {
  const selected = useSelection((selection) => selection.symbol)
  if (selected === undefined || selected === symbol) return null
  return (
    <button
      type="button"
      onClick={() => stageHere(state.form.side, 'join', selected)}
      className="shrink-0 rounded-sm text-accent hover:underline"
    >
      Use {selected} (grid)
    </button>
  )
}

/** The symbol to trade and the side, and below them what is held. */
export function SymbolField({ view }: { readonly view: TicketView }) {
  const id = 'ticket-symbol'
  return (
    <TicketField
      view={view}
      label="Symbol"
      id={id}
      place="symbol"
      narrow
      quiet={
        <span className="flex justify-between gap-2">
          <Holding view={view} />
          <SelectedSymbol view={view} />
        </span>
      }
    >
      <div className="grid grid-cols-[4.5rem_minmax(0,1fr)] gap-2">
        <input
          id={id}
          type="text"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          placeholder="AAPL"
          value={view.state.form.symbol}
          aria-invalid={isInvalid(view, 'symbol')}
          aria-describedby={describedAt('symbol')}
          onChange={({ target }) => changeSymbol(target.value)}
          onBlur={begin}
          className={classNames(CONTROL, 'h-7! px-2! font-semibold')}
        />
        <SideChoice view={view} />
      </div>
    </TicketField>
  )
}
