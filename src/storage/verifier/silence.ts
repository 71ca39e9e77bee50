import { HALF_HOUR, HALF_HOURS, isEmpty, shareOf, type DayAudit } from './day-audit.ts'

/**
 * If the chance of any such silence in the whole series is below 1 in 100, it is not taken for one: bars were
 * lost.
 */
const BELIEVABLE = Math.log(0.01)
/** A half hour is taken to trade at least this fraction of what the symbol's usual day does. */
const QUIETEST = 0.25
/** The median of thirty minutes cannot tell a smaller chance of silence from none. */
const RESOLUTION = 0.02
/** The median of days of 390 minutes cannot tell less from none. */
const LEAST_SILENT = 0.5 / 390
/** Trades come in clusters: how much longer the silences of the thinnest symbol are than chance alone makes them. */
const CLUSTERS = 3
/** A month is truly quieter if its usual bar has at most this fraction of the money in it. */
const QUIETER = 0.5
/** From this share of a month's bars on, and so many of them, its minutes are those of a coarser series. */
const COARSE_SHARE = 0.9
const COARSE_BARS = 60

/** Per half hour from the open, the logarithm of the chance that one of its minutes has no bar. */
type Chances = readonly number[]

/** How likely silence is on one day. */
export interface DaySilence {
  readonly chances: Chances
  /** The day's month has bars of several minutes in place of minutes. */
  readonly isCoarse: boolean
  /** What is usual there, by which minutes that are missing one by one are judged. */
  readonly usual: UsualDay
}

/** A usual day of a symbol. */
export interface UsualDay {
  /** The share of its minutes without a bar, never 0. */
  readonly silent: number
  /** What is traded in one bar: close times volume, in the unit of stored prices. */
  readonly moneyInBar: number
}

/**
 * How likely silence is for a symbol. Taken from what is usual in the same minutes of its whole series (the
 * median of its days), so that lost bars, however often they were lost, do not make themselves plausible.
 */
export class UsualSilence {
  readonly #byMonth = new Map<string, DaySilence>()
  readonly #whole: DaySilence
  readonly #minutes: number

  /** `days` are those of one feed. */
  constructor(days: readonly DayAudit[]) {
    const withBars = days.filter((day) => !isEmpty(day))
    this.#minutes = days.reduce((sum, { expected }) => sum + expected, 0)
    const months = byMonth(withBars)
    const usualMoney = median([...months.values()].map(moneyInBar)) ?? 0
    this.#whole = { ...this.#usual(withBars, usualMoney), isCoarse: false }
    for (const [month, list] of months) {
      // Lost bars leave the others as they were; where less is traded, there is less in each bar too.
      const money = moneyInBar(list)
      const own = money <= QUIETER * usualMoney ? this.#usual(list, money) : this.#whole
      this.#byMonth.set(month, { ...own, isCoarse: isCoarse(list) })
    }
  }

  /** What is usual on that day: in its month if that was truly quieter, otherwise in the whole series. */
  on({ day: { day } }: DayAudit): DaySilence {
    return this.#byMonth.get(day.slice(0, 7)) ?? this.#whole
  }

  /** Whether a silence of that chance, a logarithm, may happen once in a series as long as this one. */
  isBelievable(chance: number): boolean {
    return this.#minutes === 0 || Math.log(this.#minutes) + chance >= BELIEVABLE
  }

  #usual(days: readonly DayAudit[], money: number): Pick<DaySilence, 'chances' | 'usual'> {
    const share = median(days.map(shareOf)) ?? 0
    const silent = Math.max(1 - share, LEAST_SILENT)
    return { chances: this.#chances(days, share), usual: { silent, moneyInBar: money } }
  }

  #chances(days: readonly DayAudit[], usualDay: number): Chances {
    const least = Math.max(1 / Math.max(1, this.#minutes), Math.min(1 - usualDay, RESOLUTION))
    return Array.from({ length: HALF_HOURS }, (_, halfHour) => {
      const whole = days.filter(({ expected }) => expected >= (halfHour + 1) * HALF_HOUR)
      const usual = median(whole.map(({ byHalfHour }) => (byHalfHour[halfHour] ?? 0) / HALF_HOUR)) ?? 0
      const silent = Math.max(1 - Math.max(usual, QUIETEST * usualDay), least)
      return Math.log(silent) / clustering(silent)
    })
  }
}

/** How much longer silences are than chance alone makes them, where that share of the minutes has no bar. */
const clustering = (silent: number): number => 1 + (CLUSTERS - 1) * Math.sqrt(silent)

/**
 * The chance, as a logarithm, of at least so many silent minutes among `expected` ones of usual days: Chernoff's
 * bound for a Poisson count.
 */
export function chanceOfSoMany(minutes: number, expected: number, { silent }: UsualDay): number {
  const usual = expected * silent
  return minutes <= usual ? 0 : (minutes - usual - minutes * Math.log(minutes / usual)) / clustering(silent)
}

/** The chance that minutes of a day had no trade, as a logarithm; `from` counts from the open. */
export function chanceOfSilence({ chances }: DaySilence, from: number, minutes: number): number {
  let chance = 0
  for (let at = from; at < from + minutes;) {
    const halfHour = Math.floor(at / HALF_HOUR)
    const until = Math.min(from + minutes, (halfHour + 1) * HALF_HOUR)
    chance += (until - at) * (chances[halfHour] ?? 0)
    at = until
  }
  return chance
}

function byMonth(days: readonly DayAudit[]): ReadonlyMap<string, readonly DayAudit[]> {
  const months = new Map<string, DayAudit[]>()
  for (const audit of days) {
    const month = audit.day.day.slice(0, 7)
    const known = months.get(month)
    if (known === undefined) months.set(month, [audit])
    else known.push(audit)
  }
  return months
}

/** Bars in all of these days. */
export const barsIn = (days: readonly DayAudit[]) => days.reduce((sum, { present }) => sum + present, 0)

/** What is traded in one of their bars: close times volume, in the unit of stored prices. */
export const moneyInBar = (days: readonly DayAudit[]) =>
  days.reduce((sum, { traded }) => sum + traded, 0) / Math.max(1, barsIn(days))

function isCoarse(days: readonly DayAudit[]): boolean {
  const bars = barsIn(days)
  if (bars < COARSE_BARS) return false
  const [first] = days
  return (first?.byRemainder ?? []).some((of, step) =>
    of.some(
      (_, remainder) =>
        days.reduce((sum, { byRemainder }) => sum + (byRemainder[step]?.[remainder] ?? 0), 0) >=
        COARSE_SHARE * bars,
    ),
  )
}

const median = (values: readonly number[]): number | undefined =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)]
