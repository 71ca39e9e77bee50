import { useMemo } from 'react'
import { create } from 'zustand'
import type { ExchangeView } from '#shared/ipc/contract'
import { useClock } from '../stores/clock.ts'
import { ask, signal } from '../stores/signal.ts'
import { describeTradingError } from '../stores/trading-calls.ts'
import { useTrading } from '../stores/trading.ts'
import { Button } from '../ui/button.tsx'
import { DataTable, type DataColumn } from '../ui/data-table.tsx'
import { Dot } from '../ui/dot.tsx'
import { ago } from '../ui/times.ts'
import { compared, type ComparedLine } from './comparison.ts'
import { describeReconciliation } from '../ui/describe-reconciliation.ts'

interface Exchange {
  readonly view?: ExchangeView
  readonly isAsking: boolean
  readonly problem?: string | undefined
}

/** The exchange's last full report. */
const useExchange = create<Exchange>(() => ({ isAsking: false }))

/** Asks the exchange for its orders and positions, and compares. */
export async function compareNow(): Promise<void> {
  if (useExchange.getState().isAsking) return
  useExchange.setState({ isAsking: true })
  const answer = await ask(signal().trading.reconcile())
  useExchange.setState(
    answer.ok
      ? { isAsking: false, view: answer.value, problem: undefined }
      : { isAsking: false, problem: describeTradingError(answer.error) },
  )
}

function Side({ text, differs }: { readonly text: string | undefined; readonly differs: boolean }) {
  return (
    <span className={differs ? 'truncate font-medium text-bad' : 'truncate text-soft'}>
      {text ?? 'knows nothing of it'}
    </span>
  )
}

const COLUMNS: readonly DataColumn<ComparedLine>[] = [
  {
    id: 'name',
    header: 'What',
    width: 120,
    grow: 1,
    cell: ({ what, name }) => (
      <>
        <span className="font-semibold">{name}</span>
        <span className="text-xs text-muted">{what.toLowerCase()}</span>
      </>
    ),
  },
  {
    id: 'ours',
    header: 'Our events say',
    width: 104,
    grow: 2,
    cell: ({ ours, differs }) => <Side text={ours} differs={differs} />,
  },
  {
    id: 'theirs',
    header: 'The exchange says',
    width: 104,
    grow: 2,
    cell: ({ theirs, differs }) => <Side text={theirs} differs={differs} />,
  },
  {
    id: 'verdict',
    header: 'Verdict',
    width: 88,
    grow: 1,
    cell: ({ differs }) => (
      <span className="flex items-center gap-1.5">
        <Dot tone={differs ? 'bad' : 'good'} />
        {differs ? 'Differs' : 'Same'}
      </span>
    ),
  },
]

const keyOf = ({ key }: ComparedLine) => key

/** What the exchange reports beside what our events say, line by line. */
export function ExchangePanel() {
  const trading = useTrading((state) => state.trading)
  const { view, isAsking, problem } = useExchange()
  const lines = useMemo(() => (trading && view ? compared(trading, view) : []), [trading, view])
  const reconciliation = trading?.reconciliation
  const text = reconciliation && describeReconciliation(reconciliation)
  return (
    <>
      <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-surface px-3 py-1.5">
        {text && (
          <p role="status" aria-label="Reconciliation" className="flex min-w-0 grow items-center gap-1.5">
            <Dot tone={text.tone} />
            {text.sentence}
          </p>
        )}
        {reconciliation && <Since at={reconciliation.at} />}
        <Button className="h-7!" disabled={isAsking} onClick={() => void compareNow()}>
          {isAsking ? 'Asking' : 'Ask the exchange'}
        </Button>
      </div>
      {problem !== undefined && (
        <p role="alert" className="px-3 py-2 text-bad">
          {problem}
        </p>
      )}
      <DataTable
        label="Exchange view"
        columns={COLUMNS}
        rows={lines}
        keyOf={keyOf}
        empty={
          view
            ? 'Neither side knows of an open order or a position.'
            : 'Ask the exchange to see its open orders and positions beside ours.'
        }
        className="min-h-0 grow"
      />
    </>
  )
}

function Since({ at }: { readonly at: number }) {
  const text = useClock(({ now }) => ago(now - at))
  return <span className="w-16 text-right text-xs text-muted">{text}</span>
}
