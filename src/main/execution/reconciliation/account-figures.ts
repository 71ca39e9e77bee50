import type { Account, UnreadableRow } from '#alpaca'

/** The figures that are shown of the account, by Alpaca's names. Without one of them nothing new is said about it. */
const FIGURES = [
  ['equity', 'equity'],
  ['lastEquity', 'last_equity'],
  ['cash', 'cash'],
  ['buyingPower', 'buying_power'],
] as const

/** The figures that Alpaca's report of the account lacks, or that cannot be read: unknown is not zero. */
export const missingFigures = (account: Account): readonly UnreadableRow[] =>
  FIGURES.filter(([name]) => account[name] === undefined).map(([, wireName]) => ({
    of: 'account',
    problem: `${wireName}: is not a number`,
  }))
