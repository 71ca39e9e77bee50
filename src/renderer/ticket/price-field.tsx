import { IconButton } from '../ui/button.tsx'
import { MinusIcon, PlusIcon } from '@heroicons/react/16/solid'
import { AmountField } from './amount-field.tsx'
import { steppedText } from './field-steps.ts'
import { withText } from './ticket-form.ts'
import { editForm } from './ticket-store.ts'
import type { TicketView } from './use-ticket-view.ts'

interface Props {
  readonly view: TicketView
  readonly label: string
  readonly amount: 'limitPrice' | 'stopPrice'
}

/** A price field with buttons that step by one tick. */
export function PriceField({ view, label, amount }: Props) {
  const step = (ticks: number) =>
    editForm((form) => withText(form, amount, steppedText(form, amount, ticks, view.row)))
  return (
    <AmountField view={view} label={label} amount={amount}>
      <span className="flex items-center">
        <IconButton label="One tick down (Arrow down)" onClick={() => step(-1)}>
          <MinusIcon className="size-4" />
        </IconButton>
        <IconButton label="One tick up (Arrow up)" onClick={() => step(1)}>
          <PlusIcon className="size-4" />
        </IconButton>
      </span>
    </AmountField>
  )
}
