/** How trading pace and move size vary through a day, by minute from midnight in New York. */
export interface DayShape {
  /** Trades relative to an average regular minute; 0 while the exchange is closed. */
  readonly activity: Float64Array
  /** Relative size of a minute's move; never 0, because news also comes at night. */
  readonly moves: Float64Array
}

const MINUTES = 1500 // the longest day, when the clocks go back
const [PRE_OPEN, OPEN] = [4 * 60, 9 * 60 + 30]

/** Pace of a market that never closes, outside the real market's hours. */
export const OPEN_MARKET_ACTIVITY = 0.5

/** Busy after the open, calm at noon, busiest into the close: the U of every intraday volume curve. */
function regular(sinceOpen: number, untilClose: number): number {
  return 0.55 + 1.7 * Math.exp(-sinceOpen / 22) + 1.3 * Math.exp(-untilClose / 14)
}

function shape(close: number | undefined): DayShape {
  const activity = new Float64Array(MINUTES)
  const moves = new Float64Array(MINUTES).fill(0.55)
  if (close === undefined) return { activity, moves }
  const afterClose = close + 4 * 60
  for (let minute = PRE_OPEN; minute < afterClose; minute++) {
    if (minute < OPEN) activity[minute] = 0.002 + 0.05 * Math.exp((minute - OPEN) / 60)
    else if (minute < close) {
      activity[minute] = regular(minute - OPEN, close - 1 - minute)
      moves[minute] = 0.8 + 1.6 * Math.exp((OPEN - minute) / 25) + 0.4 * Math.exp((minute - close) / 20)
    } else activity[minute] = 0.002 + 0.08 * Math.exp((close - minute) / 40)
  }
  return { activity, moves }
}

export const FULL_DAY = shape(16 * 60)
export const SHORT_DAY = shape(13 * 60)
export const CLOSED_DAY = shape(undefined)
