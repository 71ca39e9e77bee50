import { extendedReason, fitting } from './order-rules.ts'
import { editForm } from './ticket-store.ts'
import type { TicketView } from './use-ticket-view.ts'

/** Whether the order trades before the open and after the close; disabled with the reason where it can't. */
export function ExtendedField({ view }: { readonly view: TicketView }) {
  const { form } = view.state
  const reason = extendedReason(form)
  return (
    <label className="flex items-center gap-1 text-xs whitespace-nowrap" title={reason}>
      <input
        type="checkbox"
        checked={form.extendedHours}
        disabled={reason !== undefined}
        title={reason}
        onChange={({ target }) => editForm((now) => fitting({ ...now, extendedHours: target.checked }))}
        className="size-4 accent-(--accent)"
      />
      Extended hours
    </label>
  )
}
