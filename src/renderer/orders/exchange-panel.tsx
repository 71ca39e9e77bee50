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

/** Alpaca's last full report. */
const useExchange = create<Exchange>(() => ({ isAsking: false }))

/** Requests Alpaca's orders and positions, and compares. */
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
      {text ?? 'not found'}
    </span>
  )
}

const COLUMNS: readonly DataColumn<ComparedLine>[] = [
  {
    id: 'name',
    header: 'Item',
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
    header: 'Signal',
    width: 104,
    grow: 2,
    cell: ({ ours, differs }) => <Side text={ours} differs={differs} />,
  },
  {
    id: 'theirs',
    header: 'Alpaca',
    width: 104,
    grow: 2,
    cell: ({ theirs, differs }) => <Side text={theirs} differs={differs} />,
  },
  {
    id: 'verdict',
    header: 'Result',
    width: 88,
    grow: 1,
    cell: ({ differs }) => (
      <span className="flex items-center gap-1.5">
        <Dot tone={differs ? 'bad' : 'good'} />
        {differs ? 'Mismatch' : 'Match'}
      </span>
    ),
  },
]

const keyOf = ({ key }: ComparedLine) => key

/** Alpaca’s orders and positions beside Signal’s, line by line. */
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
          {isAsking ? 'Refreshing…' : 'Refresh'}
        </Button>
      </div>
      {problem !== undefined && (
        <p role="alert" className="px-3 py-2 text-bad">
          {problem}
        </p>
      )}
      <DataTable
        label="Reconcile with Alpaca"
        columns={COLUMNS}
        rows={lines}
        keyOf={keyOf}
        empty={
          view
            ? 'No open orders or positions on either side.'
            : 'Refresh to compare Alpaca’s open orders and positions with Signal’s.'
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
