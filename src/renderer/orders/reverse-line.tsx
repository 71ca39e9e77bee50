import { useEffect, useRef, useState } from 'react'
import { create } from 'zustand'
import type { PositionView } from '#shared/trading/account'
import type { OrderProblem } from '#shared/trading/problem'
import { Button } from '../ui/button.tsx'
import { Keys } from '../ui/keys.tsx'
import { describeReverse } from './describe-reverse.ts'
import { reversePosition } from './trade-calls.ts'

type Asked = Pick<PositionView, 'symbol' | 'quantity'>

/** The position whose reverse waits to be confirmed, below its row. */
export const useReversing = create<{ readonly asked?: Asked | undefined }>(() => ({}))

/** Asks whether to reverse a position; nothing is sent before the answer. */
export const askToReverse = ({ symbol, quantity }: PositionView): void =>
  useReversing.setState({ asked: { symbol, quantity } })

/** Whether the question is about this position, as large as it was then. */
export const isAsked = (asked: Asked | undefined, { symbol, quantity }: PositionView): boolean =>
  asked?.symbol === symbol && asked.quantity === quantity

const stopAsking = (): void => useReversing.setState({ asked: undefined })

/** The question below a position's row. Enter reverses, Escape leaves it. */
export function ReverseLine({ position }: { readonly position: PositionView }) {
  const [questions, setQuestions] = useState<readonly OrderProblem[]>([])
  const [isSending, setIsSending] = useState(false)
  const line = useRef<HTMLDivElement>(null)
  useEffect(() => line.current?.querySelector('button')?.focus(), [])

  const leave = () => {
    const row = line.current?.closest<HTMLElement>('[role=row]')
    stopAsking()
    row?.focus()
  }
  const run = async () => {
    if (isSending) return
    setIsSending(true)
    const asked = await reversePosition(
      position,
      questions.map(({ code }) => code),
    )
    setIsSending(false)
    if (asked.length === 0) return leave()
    setQuestions(asked)
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Escape leaves from either button
    <div
      ref={line}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        leave()
      }}
      className="flex flex-wrap items-center gap-2 border-y border-line bg-app px-2 py-2"
    >
      <span className="font-semibold">{describeReverse(position)}</span>
      <span className="text-xs text-soft">Closes at market first, then opens the other side.</span>
      <Button look="danger" className="h-7! px-2.5!" onClick={() => void run()}>
        {questions.length > 0 ? 'Reverse anyway' : 'Reverse'}
        <Keys keys="Enter" />
      </Button>
      <Button look="quiet" className="h-7! px-2.5!" onClick={leave}>
        Cancel
        <Keys keys="Esc" />
      </Button>
      <ul role="alert" className="w-full text-xs whitespace-normal text-bad empty:hidden">
        {questions.map(({ code, sentence }) => (
          <li key={code}>{sentence}</li>
        ))}
      </ul>
    </div>
  )
}
