import { Decimal } from 'decimal.js'
import type { ReactNode } from 'react'
import { dollars, signedDollars } from '#shared/format/money'
import { signedPercent } from '#shared/format/percent'
import type { AccountSummary, OpenRisk } from '#shared/trading/account'
import { useClock } from '../stores/clock.ts'
import { useConnection } from '../stores/connection.ts'
import { useTrading } from '../stores/trading.ts'
import { classNames } from '../ui/class-names.ts'
import { signLook } from '../ui/sign-look.ts'
import { whyAccountStale } from './account-staleness.ts'

/**
 * The account's main figures, at the same place on every screen: what it is worth, what today brought, what is
 * left to buy with, and what the open positions can lose. Figures that may be old are hatched and say why.
 */
export function AccountLine({ isTight }: { readonly isTight: boolean }) {
  const account = useTrading(({ trading }) => trading?.account)
  const why = useStaleness()
  return (
    <section aria-label="Account" className="flex h-full min-w-0 items-center gap-2 overflow-hidden">
      <dl
        title={why}
        className={classNames(
          '-mx-1.5 flex min-w-0 items-baseline rounded-sm px-1.5 py-0.5 text-xs whitespace-nowrap',
          isTight ? 'gap-x-2.5 max-sm:gap-x-1.5 max-sm:text-2xs' : 'gap-x-4',
          why !== undefined && 'hatched',
        )}
      >
        <Figures account={account} isTight={isTight} isStale={why !== undefined} />
      </dl>
      {why !== undefined && (
        <span className="shrink-0 text-2xs text-warn max-sm:sr-only">
          stale<span className="sr-only">: {why}</span>
        </span>
      )}
    </section>
  )
}

/** Why the figures may be old; undefined while they are current, or not known at all. */
function useStaleness(): string | undefined {
  const isKnown = useTrading(({ trading }) => trading?.account !== undefined)
  const reconciliation = useTrading(({ trading }) => trading?.reconciliation)
  const status = useConnection(({ connection }) => connection?.status)
  return useClock(({ now }) =>
    isKnown && reconciliation ? whyAccountStale(reconciliation, status, now) : undefined,
  )
}

interface FiguresProps {
  readonly account: AccountSummary | undefined
  readonly isTight: boolean
  readonly isStale: boolean
}

function Figures({ account, isTight, isStale }: FiguresProps) {
  const amount = (of: string) => (isTight ? wholeDollars(of, dollars) : dollars(of))
  const look = isStale ? 'text-soft' : account && signLook(account.dayPnl)
  return (
    <>
      <Figure name="Equity">{account && amount(account.equity)}</Figure>
      <Figure name="Day P&L" brief={isTight ? 'Day' : undefined} look={look}>
        {account && (
          <>
            {isTight ? wholeDollars(account.dayPnl, signedDollars) : signedDollars(account.dayPnl)}
            {!isTight && <span className="font-normal"> ({signedPercent(account.dayPnlPercent)})</span>}
          </>
        )}
      </Figure>
      <Figure name="Buying power" brief={isTight ? 'BP' : undefined}>
        {account && amount(account.buyingPower)}
      </Figure>
      <Figure name="Open risk" brief={isTight ? 'Risk' : undefined}>
        {account?.openRisk && <Risk risk={account.openRisk} isTight={isTight} />}
      </Figure>
    </>
  )
}

/** Too narrow for cents: rounded to whole dollars, half away from zero. */
const wholeDollars = (amount: string, write: (rounded: Decimal) => string): string =>
  write(new Decimal(amount).toDecimalPlaces(0)).replace(/\.00$/, '')

interface RiskProps {
  readonly risk: OpenRisk
  readonly isTight: boolean
}

/** The amount is left out where no position has a stop: zero would say that nothing can be lost. */
function Risk({ risk: { atStops, withoutStop }, isTight }: RiskProps) {
  const hasAmount = withoutStop.length === 0 || !new Decimal(atStops).isZero()
  const about =
    withoutStop.length === 0
      ? 'Loss if all stops fill at their prices'
      : `Without stop: ${withoutStop.join(', ')}`
  return (
    <span title={about}>
      {hasAmount && (isTight ? wholeDollars(atStops, dollars) : dollars(atStops))}
      {withoutStop.length > 0 && (
        <span className="text-warn">
          {hasAmount && ' +'}
          {withoutStop.length} {isTight ? 'no stop' : 'without stop'}
        </span>
      )}
    </span>
  )
}

interface NamedFigureProps {
  readonly name: string
  /** What is shown of the name where there is little room. */
  readonly brief?: string | undefined
  readonly look?: string | undefined
  /** Absent while unknown. */
  readonly children: ReactNode
}

function Figure({ name, brief, look, children }: NamedFigureProps) {
  return (
    <div className="flex items-baseline gap-x-1.5 max-sm:gap-x-1">
      <dt className="text-2xs text-muted">
        <span aria-hidden={brief !== undefined}>{brief ?? name}</span>
        {brief !== undefined && <span className="sr-only">{name}</span>}
      </dt>
      <dd className={classNames('font-semibold', look)}>
        {children ?? (
          <span className="font-normal text-muted">
            <span aria-hidden>–</span>
            <span className="sr-only">not loaded</span>
          </span>
        )}
      </dd>
    </div>
  )
}
