import type { ReactNode } from 'react'
import { dollars, signedDollars } from '#shared/format/money'
import { formatDecimal } from '#shared/format/numbers'
import { signedPercent } from '#shared/format/percent'
import type { AccountSummary } from '#shared/trading/account'
import { ModeBadge } from '../app/mode-badge.tsx'
import { KillSwitch } from '../app/kill-switch.tsx'
import { useClock } from '../stores/clock.ts'
import { useTrading } from '../stores/trading.ts'
import { classNames } from '../ui/class-names.ts'
import { Unknown } from '../ui/figure.tsx'
import { signLook } from '../ui/sign-look.ts'
import { ago, newYorkClock } from '../ui/times.ts'

/** The account and its figures in one line, with the kill switch. */
export function AccountStrip() {
  const account = useTrading(({ trading }) => trading?.account)
  return (
    <section
      aria-label="Account details"
      className="@container shrink-0 border-b border-line bg-surface px-3 py-2"
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
        <div className="flex items-center gap-2">
          <ModeBadge endsWith={account?.endsWith} />
          <AsOf account={account} />
        </div>
        {account ? <Figures account={account} /> : <p className="grow text-muted">Loading account…</p>}
        <div className="ml-auto">
          <KillSwitch />
        </div>
      </div>
    </section>
  )
}

function AsOf({ account }: { readonly account: AccountSummary | undefined }) {
  const asOf = account?.asOf
  const text = useClock(({ now }) => (asOf === undefined ? '' : ago(now - asOf)))
  if (asOf === undefined) return null
  return (
    <span className="w-24 text-xs text-muted @max-lg:w-14" title={`${newYorkClock(asOf)} ET`}>
      <span className="@max-lg:hidden">updated </span>
      {text}
    </span>
  )
}

function Figures({ account }: { readonly account: AccountSummary }) {
  const { equity, cash, buyingPower, dayPnl, dayPnlPercent, realizedPnl, marginUsedPercent, mayTrade } =
    account
  return (
    <dl className="flex min-w-0 grow flex-wrap gap-x-5 gap-y-1 @max-5xl:order-last @max-5xl:basis-full @max-lg:grid @max-lg:grid-cols-3">
      <Figure name="Equity">{dollars(equity)}</Figure>
      <Figure name="Day P&L" look={signLook(dayPnl)} isMain>
        {signedDollars(dayPnl)} <span className="text-xs">({signedPercent(dayPnlPercent)})</span>
      </Figure>
      <Figure name="Realized today" look={signLook(realizedPnl)}>
        {signedDollars(realizedPnl)}
      </Figure>
      <Figure name="Buying power">{dollars(buyingPower)}</Figure>
      <Figure name="Cash">{dollars(cash)}</Figure>
      <Figure name="Margin used">
        {marginUsedPercent === undefined ? <Unknown /> : `${formatDecimal(marginUsedPercent, 2)}%`}
      </Figure>
      {!mayTrade && <p className="self-center text-xs font-medium text-bad">Account blocked by Alpaca</p>}
    </dl>
  )
}

interface FigureProps {
  readonly name: string
  readonly look?: string
  /** The most important figure. */
  readonly isMain?: boolean
  readonly children: ReactNode
}

function Figure({ name, look, isMain = false, children }: FigureProps) {
  return (
    <div className={isMain ? 'min-w-40 @max-lg:col-span-2' : 'min-w-24'}>
      <dt className="text-2xs text-muted">{name}</dt>
      <dd className={classNames('font-semibold whitespace-nowrap', look)}>{children}</dd>
    </div>
  )
}
