import type { ReactNode } from 'react'
import { describeUnreadRow } from '#shared/trading/unknown-account'
import type { Difference } from '#shared/trading/account'
import { describeVerdict } from '#shared/trading/describe-log'
import { useAudit, type LogVerification } from '../stores/audit.ts'
import { useClock } from '../stores/clock.ts'
import { useTrading } from '../stores/trading.ts'
import { Dot, type Tone } from '../ui/dot.tsx'
import { differenceOf } from './event-details.ts'
import { describeFault } from '../ui/faults.ts'
import { ago } from '../ui/times.ts'

/** The checks of the log: its hash chain, and that the account can be rebuilt from it. */
export function Checks() {
  return (
    <div className="flex shrink-0 flex-wrap gap-x-6 gap-y-1 border-b border-line bg-surface px-3 py-1.5">
      <ChainCheck />
      <AccountCheck />
    </div>
  )
}

function describeChain(verification: LogVerification): { readonly tone: Tone; readonly text: string } {
  switch (verification.kind) {
    case 'idle':
      return { tone: 'off', text: 'Not verified yet' }
    case 'running':
      return { tone: 'off', text: 'Verifying…' }
    case 'failed':
      return { tone: 'warn', text: `Not verified. ${describeFault(verification.fault)}` }
    default: {
      const { verdict } = verification
      return { tone: verdict.kind === 'intact' ? 'good' : 'bad', text: describeVerdict(verdict) }
    }
  }
}

function ChainCheck() {
  const verification = useAudit((audit) => audit.verification)
  const { tone, text } = describeChain(verification)
  return (
    <Check name="Hash chain" tone={tone} at={verification.kind === 'ready' ? verification.at : undefined}>
      {text}
    </Check>
  )
}

const REBUILT = 'Positions and P&L rebuilt from events'

function AccountCheck() {
  const reconciliation = useTrading(({ trading }) => trading?.reconciliation)
  if (!reconciliation) return null
  const { state, differences, problem, at } = reconciliation
  if (state === 'differs') {
    return (
      <Check name="Rebuilt account" tone="bad" at={at}>
        {REBUILT} don’t match the account: {differences.map(describeDifference).join('; ')}
      </Check>
    )
  }
  return state === 'failed' ? (
    <Check name="Rebuilt account" tone="warn" at={at}>
      {REBUILT} couldn’t be compared with the account. {problem}
    </Check>
  ) : (
    <Check name="Rebuilt account" tone={state === 'agreed' ? 'good' : 'off'} at={at}>
      {state === 'agreed' ? `${REBUILT} match the account.` : 'Comparing with the account…'}
    </Check>
  )
}

function describeDifference(difference: Difference): string {
  return difference.what === 'unreadable' ? describeUnreadRow(difference) : differenceOf({ ...difference })
}

interface CheckProps {
  readonly name: string
  readonly tone: Tone
  readonly at: number | undefined
  readonly children: ReactNode
}

function Check({ name, tone, at, children }: CheckProps) {
  return (
    <div className="flex min-w-0 items-baseline gap-2">
      <div role="status" aria-label={name} className="flex min-w-0 items-baseline gap-1.5">
        <Dot tone={tone} />
        <span className={tone === 'bad' ? 'font-medium text-bad' : ''}>{children}</span>
      </div>
      {at !== undefined && <Since at={at} />}
    </div>
  )
}

/** Time since a check, kept out of the status, or a screen reader would count along. */
function Since({ at }: { readonly at: number }) {
  const text = useClock(({ now }) => ago(now - at))
  return <span className="w-16 shrink-0 text-xs text-muted">{text}</span>
}
