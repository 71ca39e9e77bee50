import { useEffect, useId, useRef, useState, type FormEvent } from 'react'
import type { OrderView } from '#shared/trading/order'
import type { ProblemCode } from '#shared/trading/problem'
import { announce } from '../stores/announcer.ts'
import { cancelOrder } from '../stores/cancels.ts'
import { useTrading } from '../stores/trading.ts'
import { Button } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { CONTROL } from '../ui/field.tsx'
import { Keys } from '../ui/keys.tsx'
import {
  errorsOf,
  fixesOf,
  readReplace,
  REPLACE_FIELDS,
  replaceForm,
  stopReplacing,
  type ReplaceErrors,
  type ReplaceField,
  type ReplaceFix,
  type ReplaceForm,
} from './replacing.ts'
import { replaceOrder } from './trade-calls.ts'

const NAMES: Readonly<Record<ReplaceField, string>> = {
  quantity: 'New quantity',
  limitPrice: 'New limit price',
  stopPrice: 'New stop price',
  trail: 'New trail amount',
}

/** The editable fields of an order, below its line. Enter sends, Escape discards. */
export function ReplaceLine({ order }: { readonly order: OrderView }) {
  const id = useId()
  const [form, setForm] = useState(() => replaceForm(order))
  const [errors, setErrors] = useState<ReplaceErrors>({})
  const [questions, setQuestions] = useState<readonly ProblemCode[]>([])
  const [fixes, setFixes] = useState<readonly ReplaceFix[]>([])
  const [isSending, setIsSending] = useState(false)
  const intent = useRef(crypto.randomUUID())
  const line = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const price = (['limitPrice', 'stopPrice', 'trail'] as const).find((name) => form[name] !== undefined)
    const wanted = price === undefined ? 'input' : `[data-field=${price}]`
    const field = line.current?.querySelector<HTMLInputElement>(wanted)
    field?.focus()
    field?.select()
    // oxlint-disable-next-line react/exhaustive-deps -- once, when it opens
  }, [])

  const rowOf = () => line.current?.closest<HTMLElement>('[role=row]')
  const leave = (row = rowOf()) => {
    stopReplacing()
    row?.focus()
  }
  const fail = (next: ReplaceErrors, waysOut: readonly ReplaceFix[] = []) => {
    setErrors(next)
    setFixes(waysOut)
    announce(Object.values(next).join(' '))
  }
  const edit = (next: ReplaceForm) => {
    setForm(next)
    setErrors({})
    setFixes([])
    setQuestions([])
  }
  const apply = (fix: ReplaceFix) => {
    line.current?.querySelector('input')?.focus() // the button goes; Enter sends the change
    edit('form' in fix ? fix.form : form)
    if ('form' in fix) return
    void cancelOrder(fix.order)
  }
  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (isSending) return
    const read = readReplace(order, form)
    if (Object.keys(read.errors).length > 0) return fail(read.errors)
    setIsSending(true)
    const row = rowOf() // the new order may be there before the answer comes, without these fields
    const outcome = await replaceOrder(intent.current, order, read.change, questions)
    setIsSending(false)
    if (outcome.kind === 'sent') return leave(row)
    if (outcome.kind === 'fault') return fail({ whole: outcome.text })
    intent.current = crypto.randomUUID()
    const asks = outcome.problems.filter(({ level }) => level === 'ask').map(({ code }) => code)
    setQuestions(outcome.problems.every(({ level }) => level !== 'refuse') ? asks : [])
    const { orders = [] } = useTrading.getState().trading ?? {}
    fail(errorsOf(outcome.problems, form), fixesOf(outcome.problems, form, orders))
  }

  const shown = REPLACE_FIELDS.filter((field) => form[field] !== undefined)
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape leaves from any of its fields
    <form
      ref={line}
      aria-label={`Replace ${order.side} ${order.symbol}`}
      onSubmit={(event) => void send(event)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        leave()
      }}
      className="flex flex-wrap items-start gap-x-3 gap-y-2 border-y border-line bg-app px-2 py-2"
    >
      {shown.map((field) => (
        <div key={field} className="w-36">
          <label htmlFor={`${id}-${field}`} className="mb-0.5 block text-2xs text-muted">
            {NAMES[field]}
            {field === 'trail' && (order.trailPercent === undefined ? ', $' : ', %')}
          </label>
          <input
            id={`${id}-${field}`}
            data-field={field}
            type="text"
            inputMode="decimal"
            autoComplete="off"
            spellCheck={false}
            value={form[field]}
            aria-invalid={errors[field] !== undefined}
            aria-describedby={`${id}-${field}-error`}
            onChange={({ target }) => edit({ ...form, [field]: target.value })}
            className={classNames(CONTROL, 'h-7! text-right')}
          />
          <p
            id={`${id}-${field}-error`}
            role="alert"
            className="mt-1 text-xs whitespace-normal text-bad empty:hidden"
          >
            {errors[field]}
          </p>
        </div>
      ))}
      <div className="flex items-center gap-2 pt-4.5">
        <Button type="submit" look="primary" disabled={isSending} className="h-7! px-2.5!">
          {questions.length > 0 ? 'Replace anyway' : 'Replace'}
          <Keys keys="Enter" />
        </Button>
        <Button look="quiet" className="h-7! px-2.5!" onClick={() => leave()}>
          Cancel
          <Keys keys="Esc" />
        </Button>
      </div>
      <p role="alert" className="w-full text-xs whitespace-normal text-bad empty:hidden">
        {errors.whole}
      </p>
      {fixes.map((fix) => (
        <Button
          key={'form' in fix ? fix.label : fix.order.id}
          className="h-6! px-2! text-xs!"
          onClick={() => apply(fix)}
        >
          {fix.label}
        </Button>
      ))}
    </form>
  )
}
