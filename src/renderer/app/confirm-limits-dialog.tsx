import { useState } from 'react'
import type { RiskLimits } from '#shared/trading/limits'
import { ask, signal } from '../stores/signal.ts'
import { tell } from '../stores/toasts.ts'
import { describeTradingError } from '../stores/trading-calls.ts'
import { useTrading } from '../stores/trading.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { describeLimit, type LimitRow } from './limit-rows.ts'
import { LimitTable } from './limit-table.tsx'
import { closeOverlay } from './navigation.ts'

/** Shows the limits in force, which the trader confirms before orders are sent again. */
export function ConfirmLimitsDialog() {
  const limits = useTrading(({ trading }) => trading?.limits)
  const [error, setError] = useState<string>()
  if (limits === undefined) return null
  const confirm = async () => {
    const answer = await ask(signal().trading.confirmLimits(limits))
    if (!answer.ok) return setError(describeTradingError(answer.error))
    closeOverlay()
    tell({ tone: 'done', text: 'Limits confirmed.' })
  }
  return (
    <Dialog title="Confirm your limits" onClose={closeOverlay} className="max-w-140">
      <div className="grid gap-3 p-5 pt-2">
        <p>These limits apply to your next order. To change one, go to Settings first.</p>
        <LimitTable className="text-xs">
          {({ label, asks, refuses }) => (
            <tr key={label}>
              <th scope="row" className="py-1 pr-4 font-medium">
                {label}
              </th>
              <td className="py-1 pr-4">{valuesOf(asks, limits)}</td>
              <td className="py-1">{valuesOf(refuses, limits)}</td>
            </tr>
          )}
        </LimitTable>
        <p role="alert" className="text-xs text-bad empty:hidden">
          {error}
        </p>
        <div className="flex justify-end gap-2">
          <Button onClick={closeOverlay}>Cancel</Button>
          <Button look="danger" onClick={() => void confirm()}>
            Confirm limits
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

const valuesOf = (cells: LimitRow['asks'], limits: RiskLimits): string =>
  cells.map((cell) => describeLimit(cell, limits[cell.key])).join(', ')
