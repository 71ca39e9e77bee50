import type { ReactNode } from 'react'
import { dollars, signedDollars } from '#shared/format/money'
import { formatDecimal } from '#shared/format/numbers'
import type { AccountSummary } from '#shared/trading/account'
import { KillSwitch } from '../app/kill-switch.tsx'
import { useClock } from '../stores/clock.ts'
import { useTrading } from '../stores/trading.ts'
import { classNames } from '../ui/class-names.ts'
import { Unknown } from '../ui/figure.tsx'
import { signLook } from '../ui/sign-look.ts'
import { ago, clockInZone } from '../ui/times.ts'

/** What the account line above every screen leaves out, and the kill switch. */
export function AccountStrip() {
  const account = useTrading(({ trading }) => trading?.account)
  return (
    <section
      aria-label="Account details"
      className="flex h-11 shrink-0 items-center gap-x-5 border-b border-line bg-surface px-3 max-sm:h-22 max-sm:flex-col max-sm:items-stretch max-sm:justify-center max-sm:gap-y-1.5"
    >
      {account ? (
        <Figures account={account} />
      ) : (
        <p className="min-w-0 grow truncate text-muted">Loading account…</p>
      )}
      <KillSwitch />
    </section>
  )
}

function Figures({ account }: { readonly account: AccountSummary }) {
  const { cash, realizedPnl, marginUsedPercent, mayTrade } = account
  return (
    <>
      {!mayTrade && <p className="text-xs font-medium text-bad">Account blocked by Alpaca</p>}
      <dl className="flex h-9 min-w-0 grow flex-wrap gap-x-5 overflow-hidden max-sm:gap-x-2">
        <Figure name="Realized today" look={signLook(realizedPnl)}>
          {signedDollars(realizedPnl)}
        </Figure>
        <Figure name="Cash">{dollars(cash)}</Figure>
        <Figure name="Margin used">
          {marginUsedPercent === undefined ? <Unknown /> : `${formatDecimal(marginUsedPercent, 2)}%`}
        </Figure>
        <Updated at={account.asOf} />
      </dl>
    </>
  )
}

function Updated({ at }: { readonly at: number }) {
  const text = useClock(({ now }) => ago(now - at))
  return (
    <Figure name="Updated">
      <span title={clockInZone(at)}>{text}</span>
    </Figure>
  )
}

interface FigureProps {
  readonly name: string
  readonly look?: string
  readonly children: ReactNode
}

function Figure({ name, look, children }: FigureProps) {
  return (
    <div>
      <dt className="text-2xs whitespace-nowrap text-muted">{name}</dt>
      <dd className={classNames('font-semibold whitespace-nowrap', look)}>{children}</dd>
    </div>
  )
}
