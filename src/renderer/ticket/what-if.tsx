import { Decimal } from 'decimal.js'
import type { ReactNode } from 'react'
import type { WhatIf } from '#shared/trading/account'
import { delay } from '../ui/times.ts'
import { formatCount, formatDecimal } from '../ui/numerals.ts'
import type { TicketView } from './use-ticket-view.ts'

const dollars = (amount: string) => {
  const text = formatDecimal(new Decimal(amount).toDecimalPlaces(2).toFixed(), 2)
  return text.startsWith('\u2212') ? `\u2212$${text.slice(1)}` : `$${text}`
}

/** What would follow if the order were filled now. */
export function WhatIfStrip({ view: { whatIf, account, symbol } }: { readonly view: TicketView }) {
  if (symbol === undefined) return null
  const before = whatIf?.buyingPowerBefore ?? account?.buyingPower
  return (
    <dl aria-label="What if" className="grid grid-cols-2 gap-x-4 gap-y-0.5 text-xs">
      <Fact label="Cost">{whatIf?.cost === undefined ? '–' : dollars(whatIf.cost)}</Fact>
      <Fact label="Position after">
        {whatIf?.positionAfter === undefined ? '–' : formatDecimal(whatIf.positionAfter, 0)}
      </Fact>
      <div className="col-span-2">
        <Fact label="Buying power">
          {before === undefined ? 'not known yet' : dollars(before)}
          {whatIf?.buyingPowerAfter !== undefined && <> → {dollars(whatIf.buyingPowerAfter)}</>}
        </Fact>
      </div>
      <div className="col-span-2">
        <Outcome whatIf={whatIf} />
      </div>
      {whatIf?.spreadCost !== undefined && <Fact label="Spread cost">{dollars(whatIf.spreadCost)}</Fact>}
      {whatIf?.quoteAgeMs !== undefined && <Fact label="Quote age">{age(whatIf.quoteAgeMs)}</Fact>}
    </dl>
  )
}

/** What the exits make of it. */
function Outcome({ whatIf: { lossAtStop, gainAtTarget } = {} }: { readonly whatIf: WhatIf | undefined }) {
  return (
    <>
      {lossAtStop !== undefined && <Fact label="Loss at stop">{dollars(lossAtStop)}</Fact>}
      {gainAtTarget !== undefined && (
        <Fact label="Gain at target">
          {dollars(gainAtTarget)}
          {lossAtStop !== undefined && multiple(gainAtTarget, lossAtStop)}
        </Fact>
      )}
    </>
  )
}

/** The gain in units of the risk. */
function multiple(gain: string, loss: string): string {
  const risk = new Decimal(loss)
  return risk.isZero() ? '' : `, ${new Decimal(gain).div(risk).toDecimalPlaces(2).toFixed()} R`
}

const age = (ms: number) => (ms < 60_000 ? delay(ms) : `${formatCount(ms / 60_000)} min`)

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="flex justify-between gap-2">
      <dt className="shrink-0 text-muted">{label}</dt>
      <dd className="truncate text-right">{children}</dd>
    </div>
  )
}
