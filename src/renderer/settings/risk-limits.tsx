import { useState } from 'react'
import { formatDecimal } from '#shared/format/numbers'
import {
  DEFAULT_RISK_LIMITS,
  riskLimits,
  type RiskLimits,
  type RiskLimitsPatch,
} from '#shared/trading/limits'
import type { LimitRow } from '../app/limit-rows.ts'
import { LimitTable } from '../app/limit-table.tsx'
import { ask, signal } from '../stores/signal.ts'
import { tell } from '../stores/toasts.ts'
import { describeTradingError } from '../stores/trading-calls.ts'
import { useTrading } from '../stores/trading.ts'
import { readAmount } from '../ui/amount.ts'
import { Button } from '../ui/button.tsx'
import { CONTROL } from '../ui/field.tsx'
import { classNames } from '../ui/class-names.ts'

/** Saves limits; answers why not, or undefined. */
async function save(change: RiskLimitsPatch): Promise<string | undefined> {
  const answer = await ask(signal().trading.setLimits(change))
  return answer.ok ? undefined : describeTradingError(answer.error)
}

/** Saves limits and offers to undo it. */
async function saveWithUndo(
  change: RiskLimitsPatch,
  before: RiskLimitsPatch,
  done: string,
): Promise<string | undefined> {
  const refused = await save(change)
  if (refused !== undefined) return refused
  const undo = async () => {
    const text = await save(before)
    if (text !== undefined) tell({ tone: 'failed', text })
  }
  tell({ tone: 'done', text: done, action: { label: 'Undo', run: () => void undo() } })
  return undefined
}

/**
 * How far an order may go before it needs confirmation or is refused. The limits can be moved, not turned
 * off.
 */
export function RiskLimitsSetting() {
  const limits = useTrading(({ trading }) => trading?.limits)
  if (!limits) {
    return <p className="py-3.5 text-muted">Limits belong to an account. Loading account…</p>
  }
  const reset = async () => {
    const text = await saveWithUndo(DEFAULT_RISK_LIMITS, limits, 'Limits reset to defaults')
    if (text !== undefined) tell({ tone: 'failed', text })
  }
  return (
    <div className="py-3.5">
      <p className="text-xs text-muted">
        Above “Warn” you must confirm; above “Block” the order isn’t sent. Exits always work.
      </p>
      <LimitTable className="mt-2 max-sm:block max-sm:[&_:is(tbody,tr,td,th)]:block max-sm:[&_thead]:hidden">
        {(row) => <Row key={row.label} row={row} limits={limits} />}
      </LimitTable>
      <Button className="mt-3" onClick={() => void reset()}>
        Default limits
      </Button>
    </div>
  )
}

function Row({ row, limits }: { readonly row: LimitRow; readonly limits: RiskLimits }) {
  return (
    <tr className="align-top">
      <th scope="row" className="py-2 pr-4 font-medium">
        {row.label}
        <span className="block text-xs font-normal text-muted">{row.about}</span>
      </th>
      <td className="py-2 pr-4">
        <Cells row={row} cells={row.asks} limits={limits} verb="warn above" />
      </td>
      <td className="py-2">
        <Cells row={row} cells={row.refuses} limits={limits} verb="block above" />
      </td>
    </tr>
  )
}

interface CellsProps {
  readonly row: LimitRow
  readonly cells: LimitRow['asks']
  readonly limits: RiskLimits
  readonly verb: string
}

function Cells({ row, cells, limits, verb }: CellsProps) {
  return (
    <>
      {cells.length > 0 && (
        <span aria-hidden className="mb-0.5 text-xs text-muted sm:hidden">
          {verb}
        </span>
      )}
      {cells.map((cell) => (
        <LimitInput
          key={cell.key}
          cell={cell}
          limits={limits}
          label={`${row.label}, ${verb}, ${cell.unit}`}
        />
      ))}
    </>
  )
}

interface InputProps {
  readonly cell: LimitRow['asks'][number]
  readonly limits: RiskLimits
  /** Read aloud. */
  readonly label: string
}

/** The input for one limit; saved when it loses focus or Enter is pressed. */
function LimitInput({ cell: { key, unit }, limits, label }: InputProps) {
  const saved = formatDecimal(String(limits[key]), 0)
  const [draft, setDraft] = useState<string>()
  const [error, setError] = useState<string>()
  const id = `limit-${key}`
  const commit = async () => {
    if (draft === undefined || draft === saved) return setDraft(undefined)
    const typed = readAmount(draft, 'number')
    if (typed.kind !== 'read') {
      return setError(
        `${typed.kind === 'refused' ? typed.sentence : 'Limits can’t be turned off.'} Still ${saved}.`,
      )
    }
    const read = riskLimits.shape[key].safeParse(Number(typed.value))
    if (!read.success)
      return setError(`Limit ${read.error.issues[0]?.message ?? 'isn’t valid'}. Still ${saved}.`)
    setError(await saveWithUndo({ [key]: read.data }, { [key]: limits[key] }, `${label}: ${draft}`))
    setDraft(undefined)
  }
  return (
    <span className="mb-1 block last:mb-0">
      <span className="flex items-center gap-1.5">
        <input
          id={id}
          type="text"
          inputMode="decimal"
          aria-label={label}
          autoComplete="off"
          value={draft ?? saved}
          aria-invalid={error !== undefined}
          aria-describedby={`${id}-error`}
          onChange={({ target }) => {
            setDraft(target.value)
            setError(undefined)
          }}
          onBlur={() => void commit()}
          onKeyDown={({ key: pressed }) => pressed === 'Enter' && void commit()}
          className={classNames(CONTROL, 'max-w-24 text-right')}
        />
        <span className="text-xs whitespace-nowrap text-muted">{unit}</span>
      </span>
      <span id={`${id}-error`} role="alert" className="block max-w-40 text-xs text-bad empty:hidden">
        {error}
      </span>
    </span>
  )
}
