import { ExclamationTriangleIcon, XCircleIcon } from '@heroicons/react/16/solid'
import { memo } from 'react'
import { wholePercent } from '#shared/format/percent'
import type { SymbolProgress } from '#shared/history'
import { ProgressBar } from '../ui/progress-bar.tsx'
import { symbolPace } from './describe-load.ts'

interface Props {
  readonly progress: SymbolProgress
  /** The load as a whole is not running. */
  readonly still: boolean
}

/** The progress of a load for one symbol, and what is wrong with it. */
export const SymbolLine = memo(function SymbolLine({ progress, still }: Props) {
  const { symbol, state, fraction, problem } = progress
  const percent = wholePercent(fraction)
  const pace = symbolPace(progress)
  return (
    <li className="min-w-0 px-3 py-2 shadow-[0_0_0_1px_var(--line)]">
      <div className="flex items-baseline gap-2">
        <span className="font-medium">{symbol}</span>
        <span className="min-w-0 grow truncate text-right text-xs text-soft">{pace}</span>
        <span className="w-9 text-right">{percent}%</span>
      </div>
      <ProgressBar
        label={symbol}
        percent={percent}
        text={`${percent}%, ${pace}`}
        still={still || state === 'failed'}
        className="mt-1.5"
      />
      {problem !== undefined && (
        <p className="mt-1.5 flex gap-1.5 text-xs text-soft">
          {state === 'failed' ? (
            <XCircleIcon className="mt-px size-3.5 shrink-0 text-bad" aria-hidden />
          ) : (
            <ExclamationTriangleIcon className="mt-px size-3.5 shrink-0 text-warn" aria-hidden />
          )}
          {problem}
        </p>
      )}
    </li>
  )
})
