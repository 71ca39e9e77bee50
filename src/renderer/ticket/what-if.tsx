import { Decimal } from 'decimal.js'
import type { ReactNode } from 'react'
import { dollars } from '#shared/format/money'
import { formatShares } from '#shared/format/shares'
import type { WhatIf } from '#shared/trading/account'
import { classNames } from '../ui/class-names.ts'
import { useClock } from '../stores/clock.ts'
import { quoteAge } from './describe-quote.ts'
import type { TicketView } from './use-ticket-view.ts'

/** What would follow if the order were filled now. */
export function WhatIfStrip({ view: { whatIf, account, symbol, row } }: { readonly view: TicketView }) {
  if (symbol === undefined) return null
  const before = whatIf?.buyingPowerBefore ?? account?.buyingPower
  return (
    <dl aria-label="What if" className="grid grid-cols-2 gap-x-4 gap-y-0.5 text-xs">
      {whatIf?.cost !== undefined && <Fact label="Cost">{dollars(whatIf.cost)}</Fact>}
      {whatIf?.positionAfter !== undefined && (
        <Fact label="Position after">{formatShares(whatIf.positionAfter)}</Fact>
      )}
      <Fact label="Buying power" wide>
        {before === undefined ? 'not known yet' : dollars(before)}
        {whatIf?.buyingPowerAfter !== undefined && <> → {dollars(whatIf.buyingPowerAfter)}</>}
      </Fact>
      <Outcome whatIf={whatIf} />
      {whatIf?.spreadCost !== undefined && <Fact label="Spread cost">{dollars(whatIf.spreadCost)}</Fact>}
      {row?.origin && (
        <Fact label="Quote age">
          <Age at={row.origin.at} />
        </Fact>
      )}
    </dl>
  )
}

/** Loss and gain at the exits. */
function Outcome({ whatIf: { lossAtStop, gainAtTarget } = {} }: { readonly whatIf: WhatIf | undefined }) {
  return (
    <>
      {lossAtStop !== undefined && (
        <Fact label="Loss at stop" wide>
          {dollars(lossAtStop)}
        </Fact>
      )}
      {gainAtTarget !== undefined && (
        <Fact label="Gain at target" wide>
          {dollars(gainAtTarget)}
          {lossAtStop !== undefined && multiple(gainAtTarget, lossAtStop)}
        </Fact>
      )}
    </>
  )
}

/** The gain as a multiple of the risk. */
function multiple(gain: string, loss: string): string {
  const risk = new Decimal(loss)
  return risk.isZero() ? '' : `, ${new Decimal(gain).div(risk).toDecimalPlaces(2).toFixed()} R`
}

/** Age that keeps counting while nothing arrives. */
function Age({ at }: { readonly at: number }) {
  return useClock(({ now }) => quoteAge(at, now))
}

interface FactProps {
  readonly label: string
  /** It needs the whole line. */
  readonly wide?: true
  readonly children: ReactNode
}

function Fact({ label, wide, children }: FactProps) {
  return (
    <div className={classNames('flex justify-between gap-2', wide && 'col-span-2')}>
      <dt className="shrink-0 text-muted">{label}</dt>
      <dd className="truncate text-right">{children}</dd>
    </div>
  )
}
