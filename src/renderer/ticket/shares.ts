import type { Decimal } from 'decimal.js'
import { dollars } from '#shared/format/money'
import { formatShares } from '#shared/format/shares'
import type { Findings } from './findings.ts'
import { plainDollars, smallestCap, type SizeLimits } from './size-caps.ts'
import type { TicketForm } from './ticket-form.ts'

interface Basis {
  readonly entry: Decimal | undefined
  /** Price of the stop exit. */
  readonly exitAt: Decimal | undefined
  /** Buying power, US dollars. */
  readonly power: string | undefined
  readonly size: SizeLimits
}

/** Converts a typed amount to shares, rounded down to whole ones; the note says how. */
export function sharesFor(
  form: TicketForm,
  typed: Decimal,
  { entry, exitAt, power, size }: Basis,
  found: Findings,
): Decimal | undefined {
  switch (form.quantityUnit) {
    case 'shares':
    case 'fraction':
      return typed
    case 'dollars':
      if (!entry) return missing(found, NO_PRICE)
      return whole(typed.div(entry), ` at ${dollars(entry)}`, ONE_COSTS_MORE, found)
    case 'power': {
      if (!entry) return missing(found, NO_PRICE)
      if (power === undefined) return missing(found, 'Buying power unknown.')
      if (typed.gt(100)) return missing(found, 'At most 100% of buying power.')
      const budget = typed.times(power).div(100)
      return whole(budget.div(entry), `, ${dollars(budget)} at ${dollars(entry)}`, ONE_COSTS_MORE, found)
    }
    case 'risk': {
      if (!entry || !exitAt) return missing(found, 'Add a stop to size by risk.')
      const perShare = entry.minus(exitAt).abs()
      if (perShare.isZero()) return missing(found, 'Stop equals entry.')
      const wanted = typed.div(perShare).floor()
      const cap = smallestCap(form, entry, size)
      if (!cap?.shares.lt(wanted))
        return whole(
          wanted,
          `, ${dollars(perShare)} risk/share`,
          `One share risks ${dollars(perShare)}.`,
          found,
        )
      const how = ` (capped by your ${cap.name}; ${plainDollars(typed)} risk would be ${formatShares(wanted)} sh)`
      return whole(cap.shares, how, `Your ${cap.name} leaves no room for a share.`, found)
    }
  }
}

const NO_PRICE = 'No price yet; enter shares.'
const ONE_COSTS_MORE = 'Less than the price of one share.'

const missing = (found: Findings, sentence: string): undefined => found.refuse('quantity', sentence)

function whole(shares: Decimal, how: string, tooLittle: string, found: Findings): Decimal | undefined {
  const floor = shares.floor()
  if (floor.isZero()) return missing(found, tooLittle)
  found.note('quantity', `${formatShares(floor)} sh${how}`)
  return floor
}
