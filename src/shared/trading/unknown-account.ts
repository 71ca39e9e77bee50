import type { Reconciliation } from './account.ts'

/** A row of the exchange's report that cannot be read, as a sentence. */
export const describeUnreadRow = ({ of, theirs }: Reconciliation['differences'][number]): string =>
  `Alpaca’s row for ${of} cannot be read (${theirs}).`

/** What is known of an account before the first comparison. */
export const NOT_REPORTED = 'Alpaca has not reported it yet.'

/**
 * Why it is not known what the account holds: the exchange has not reported it, the last comparison failed, or a row of its
 * report cannot be read. Undefined once all is known.
 */
export function whyAccountUnknown({ hasBegun, problem, differences }: Reconciliation): string | undefined {
  if (!hasBegun) return problem ?? NOT_REPORTED
  const row = differences.find(({ what }) => what === 'unreadable')
  return problem ?? (row && describeUnreadRow(row))
}
