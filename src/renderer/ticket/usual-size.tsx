import { XMarkIcon } from '@heroicons/react/16/solid'
import { Decimal } from 'decimal.js'
import { useState } from 'react'
import { dollars } from '#shared/format/money'
import { ask, signal } from '../stores/signal.ts'
import { useTicketPreferences } from '../stores/ticket-preferences.ts'
import { preset as presetSchema } from '../stores/ticket-setup.ts'
import { tell } from '../stores/toasts.ts'
import { describeTradingError } from '../stores/trading-calls.ts'
import { useTrading } from '../stores/trading.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { CONTROL } from '../ui/field.tsx'
import { fittingLimits } from './fitting-limits.ts'
import { sizeOf } from './ticket-form.ts'
import { editForm } from './ticket-store.ts'
import type { TicketView } from './use-ticket-view.ts'

/** Whether the size is that of a new order still, so that the answer applies to it too. */
const isUntouched = (quantity: string, before: string | undefined): boolean =>
  quantity === '' || quantity === before

/**
 * Asks once for the trader's usual order: the answer becomes the first preset. Limits that such an order would
 * exceed are proposed in so many words, and changed only if the trader says so.
 */
export function UsualSize({ view: { row, state } }: { readonly view: TicketView }) {
  const isAsked = useTicketPreferences((preferences) => preferences.usualSizeAsked)
  const [text, setText] = useState('100')
  const isWrong = !presetSchema.safeParse(text).success
  if (isAsked) return null
  const answer = () => {
    if (isWrong) return
    const { presets } = useTicketPreferences.getState()
    useTicketPreferences.setState({
      usualSizeAsked: true,
      presets: [text, ...presets.filter((one) => one !== text)].slice(0, 4),
    })
    if (isUntouched(state.form.quantity, presets[0])) editForm((form) => ({ ...form, ...sizeOf(text) }))
    proposeLimits(text, row?.price)
  }
  return (
    <div role="group" aria-label="Usual order size" className="flex shrink-0 items-center gap-1.5 text-xs">
      <label htmlFor="ticket-usual-size" className="shrink-0 text-soft">
        Usual order size
      </label>
      <input
        id="ticket-usual-size"
        type="text"
        autoComplete="off"
        value={text}
        aria-invalid={isWrong}
        title="Shares, or dollars as $5000"
        onChange={({ target }) => setText(target.value.replaceAll(',', '').trim())}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.ctrlKey) return
          event.stopPropagation()
          event.preventDefault()
          answer()
        }}
        className={classNames(CONTROL, 'h-6! px-1.5! text-right text-xs!')}
      />
      <span className="shrink-0 text-muted">sh or $</span>
      <Button className="h-6! px-2! text-xs!" disabled={isWrong} onClick={answer}>
        Set
      </Button>
      <IconButton
        label="Dismiss"
        className="size-6!"
        onClick={() => useTicketPreferences.setState({ usualSizeAsked: true })}
      >
        <XMarkIcon className="size-4" />
      </IconButton>
    </div>
  )
}

/** Offers limits that fit a usual order, if it would be above the warning. */
function proposeLimits(size: string, price: string | undefined): void {
  const { trading } = useTrading.getState()
  const { quantity, quantityUnit } = sizeOf(size)
  const value = quantityUnit === 'dollars' ? quantity : price && new Decimal(quantity).times(price).toFixed(2)
  if (!trading || value === undefined || value === '') return
  const proposal = fittingLimits(trading.limits, trading.account?.equity, value)
  if (!proposal) return
  const apply = async () => {
    const answer = await ask(signal().trading.setLimits(proposal.limits))
    tell(
      answer.ok
        ? { tone: 'done', text: 'Limits changed.' }
        : { tone: 'failed', text: describeTradingError(answer.error) },
    )
  }
  tell({
    tone: 'done',
    text: `Your usual order (${dollars(value)}) is above your ${dollars(proposal.warning)} warning. ${proposal.sentence}`,
    action: { label: 'Change limits', run: () => void apply() },
  })
}
