import { Decimal } from 'decimal.js'
import type { ReactNode } from 'react'
import { dollars } from '#shared/format/money'
import { formatShares } from '#shared/format/shares'
import { classNames } from '../ui/class-names.ts'
import type { TicketView } from './use-ticket-view.ts'

/** What would follow if the order were filled now. Its lines stay where they are, whatever is known. */
export function WhatIfStrip({ view: { whatIf, account, symbol, state } }: { readonly view: TicketView }) {
  if (symbol === undefined) return null
  const before = whatIf?.buyingPowerBefore ?? account?.buyingPower
  const { lossAtStop, gainAtTarget, spreadCost } = whatIf ?? {}
  return (
    <dl aria-label="Estimate" className="flex flex-wrap justify-between gap-x-3 text-xs leading-4">
      <Fact label="Order value">{amountOf(whatIf?.cost)}</Fact>
      <Fact label="Position after fill">
        {whatIf?.positionAfter === undefined ? NOTHING : formatShares(whatIf.positionAfter)}
      </Fact>
      <Fact label="Buying power" wide>
        {amountOf(before)}
        {whatIf?.buyingPowerAfter !== undefined && <> → {dollars(whatIf.buyingPowerAfter)}</>}
      </Fact>
      {state.form.orderClass !== 'simple' && (
        <>
          <Fact label="Risk at stop">{amountOf(lossAtStop)}</Fact>
          <Fact label="Reward at target">
            {amountOf(gainAtTarget)}
            {gainAtTarget !== undefined && lossAtStop !== undefined && multiple(gainAtTarget, lossAtStop)}
          </Fact>
        </>
      )}
      <Fact label="Cost to cross" wide>
        {amountOf(spreadCost)}
      </Fact>
    </dl>
  )
}

const NOTHING = '-'

const amountOf = (amount: string | undefined): string => (amount === undefined ? NOTHING : dollars(amount))

/** The gain as a multiple of the risk. */
function multiple(gain: string, loss: string): string {
  const risk = new Decimal(loss)
  return risk.isZero() ? '' : `, ${new Decimal(gain).div(risk).toDecimalPlaces(2).toFixed()} R`
}

interface FactProps {
  readonly label: string
  /** It has the whole line. */
  readonly wide?: true
  readonly children: ReactNode
}

const Fact = ({ label, wide, children }: FactProps) => (
  <div className={classNames('flex min-w-0 justify-between gap-2', wide && 'w-full')}>
    <dt className="shrink-0 text-muted">{label}</dt>
    <dd className="truncate text-right">{children}</dd>
  </div>
)
