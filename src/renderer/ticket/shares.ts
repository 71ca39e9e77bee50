import { Decimal } from 'decimal.js'
import { dollars } from '#shared/format/money'
import { describeShares } from '#shared/format/shares'
import type { Findings } from './findings.ts'
import type { TicketForm } from './ticket-form.ts'

interface Basis {
  readonly entry: Decimal | undefined
  /** Price of the stop exit. */
  readonly exitAt: Decimal | undefined
  /** Buying power, US dollars. */
  readonly power: string | undefined
}

const SAY_SHARES = 'Type a number of shares instead.'

/** Converts a typed amount to shares, rounded down to whole ones; the note says how. */
export function sharesFor(
  { quantityUnit }: TicketForm,
  typed: Decimal,
  { entry, exitAt, power }: Basis,
  found: Findings,
): Decimal | undefined {
  switch (quantityUnit) {
    case 'shares':
    case 'fraction':
      return typed
    case 'dollars':
      if (!entry) return missing(found, `There is no price yet to turn dollars into shares. ${SAY_SHARES}`)
      return whole(typed.div(entry), `at ${dollars(entry)}`, `One share costs ${dollars(entry)}.`, found)
    case 'power': {
      if (!entry)
        return missing(
          found,
          `There is no price yet to turn a share of buying power into shares. ${SAY_SHARES}`,
        )
      if (power === undefined) return missing(found, `The buying power is not known yet. ${SAY_SHARES}`)
      if (typed.gt(100))
        return missing(found, `${typed.toFixed()}% is more than all of the buying power: 100% at most.`)
      const budget = typed.times(power).div(100)
      return whole(
        budget.div(entry),
        `for ${dollars(budget)} at ${dollars(entry)}`,
        `${dollars(budget)} is less than one share costs.`,
        found,
      )
    }
    case 'risk': {
      if (!entry || !exitAt)
        return missing(
          found,
          'The risk of a share is the way from entry to stop: add a stop exit with its price.',
        )
      const perShare = entry.minus(exitAt).abs()
      if (perShare.isZero())
        return missing(found, 'Entry and stop are the same price, so nothing is at risk. Move the stop.')
      return whole(
        typed.div(perShare),
        `at ${dollars(perShare)} of risk a share`,
        `One share risks ${dollars(perShare)}, more than ${dollars(typed)}.`,
        found,
      )
    }
  }
}

function missing(found: Findings, sentence: string): undefined {
  found.refuse('quantity', sentence)
}

function whole(shares: Decimal, how: string, tooLittle: string, found: Findings): Decimal | undefined {
  const floor = shares.floor()
  if (floor.isZero()) return missing(found, tooLittle)
  found.note('quantity', `${describeShares(floor)} ${how}.`)
  return floor
}
