import type { ExchangeDay } from '#shared/units'

/** A split: from `exDay` on, a share is worth 1/ratio of what it was; a ratio below 1 is a reverse split. */
export interface Split {
  readonly exDay: ExchangeDay
  readonly ratio: number
}

/** Real splits with the companies' ex-dates, and invented ones for the two smallest. Newest first. */
const SPLITS: Readonly<Record<string, readonly Split[]>> = {
  AAPL: [{ exDay: '2020-08-31', ratio: 4 }],
  TSLA: [
    { exDay: '2022-08-25', ratio: 3 },
    { exDay: '2020-08-31', ratio: 5 },
  ],
  NVDA: [
    { exDay: '2024-06-10', ratio: 10 },
    { exDay: '2021-07-20', ratio: 4 },
  ],
  GOOGL: [{ exDay: '2022-07-18', ratio: 20 }],
  GOOG: [{ exDay: '2022-07-18', ratio: 20 }],
  AMZN: [{ exDay: '2022-06-06', ratio: 20 }],
  NFLX: [{ exDay: '2025-11-17', ratio: 10 }],
  AVGO: [{ exDay: '2024-07-15', ratio: 10 }],
  SMCI: [{ exDay: '2024-10-01', ratio: 10 }],
  WMT: [{ exDay: '2024-02-26', ratio: 3 }],
  GME: [{ exDay: '2022-07-22', ratio: 4 }],
  SNDL: [{ exDay: '2022-07-26', ratio: 0.1 }],
  CTRM: [{ exDay: '2024-03-27', ratio: 0.1 }],
}

/** A symbol's splits, newest first. */
export const splitsOf = (symbol: string): readonly Split[] => SPLITS[symbol] ?? []

/** How many of today's shares one share of that day has become. */
export const splitFactor = (symbol: string, day: ExchangeDay): number =>
  splitsOf(symbol).reduce((factor, { exDay, ratio }) => (day < exDay ? factor * ratio : factor), 1)
