import type { CoverageDay } from '#shared/history'
import { DAY_MS } from '#shared/time'

/** Smallest size of a day on screen, px, including its gap. */
const SMALLEST = 4
const LARGEST = 14
/** Height above each band for month names, px. */
const LABEL_HEIGHT = 14
/** Space between two bands, px. */
const BAND_GAP = 6
/** Width of a month or year name with the space after it, px. */
const LABEL_WIDTH = 32
const DAYS_OF_WEEK = 5
const WEEKS_OF_MONTH = 365.25 / 12 / 7

/** A name above a band of weeks. */
export interface MapLabel {
  readonly x: number
  readonly y: number
  readonly text: string
}

/**
 * Layout of the trading days: one column per week, Monday on top. Weeks that do not fit in one band wrap into
 * the next, like lines of text.
 */
export interface HeatMap {
  /** Size of a day including its gap, px. */
  readonly cell: number
  readonly width: number
  readonly height: number
  /** The upper left corner of each day, in the order of the days. */
  readonly places: readonly { readonly x: number; readonly y: number }[]
  readonly labels: readonly MapLabel[]
}

/** Days since 1970-01-05, a Monday. */
const sinceMonday = (day: string): number => Date.parse(day) / DAY_MS - 4

const weekOf = (day: string): number => Math.floor(sinceMonday(day) / 7)

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Interval in months between names, so that they do not touch. */
const namedMonths = (cell: number): number =>
  [1, 2, 3, 6].find((months) => months * WEEKS_OF_MONTH * cell >= LABEL_WIDTH) ?? 12

/** Lays out days, oldest first, within a width. */
export function layOut(days: readonly Pick<CoverageDay, 'day'>[], width: number): HeatMap {
  const first = weekOf(days[0]?.day ?? '1970-01-05')
  const weeks = weekOf(days.at(-1)?.day ?? '1970-01-05') - first + 1
  const bands = Math.max(1, Math.ceil((weeks * SMALLEST) / Math.max(width, SMALLEST)))
  const weeksOfBand = Math.ceil(weeks / bands)
  const cell = Math.max(SMALLEST, Math.min(LARGEST, Math.floor(width / weeksOfBand)))
  const bandHeight = LABEL_HEIGHT + DAYS_OF_WEEK * cell
  const top = (band: number) => band * (bandHeight + BAND_GAP)
  const places = days.map(({ day }) => {
    const week = weekOf(day) - first
    const weekday = sinceMonday(day) - weekOf(day) * 7
    return {
      x: (week % weeksOfBand) * cell,
      y: top(Math.floor(week / weeksOfBand)) + LABEL_HEIGHT + weekday * cell,
    }
  })
  return {
    cell,
    width: weeksOfBand * cell,
    height: top(bands - 1) + bandHeight,
    places,
    labels: labelsOf(days, (week) => ({
      x: ((week - first) % weeksOfBand) * cell,
      y: top(Math.floor((week - first) / weeksOfBand)),
    }), { cell, width: weeksOfBand * cell }), // prettier-ignore
  }
}

function labelsOf(
  days: readonly Pick<CoverageDay, 'day'>[],
  placeOf: (week: number) => { readonly x: number; readonly y: number },
  { cell, width }: { readonly cell: number; readonly width: number },
): readonly MapLabel[] {
  const every = namedMonths(cell)
  const labels: MapLabel[] = []
  let before = ''
  for (const { day } of days) {
    const month = day.slice(0, 7)
    if (month === before) continue
    before = month
    const index = Number(month.slice(5)) - 1
    const place = placeOf(weekOf(day))
    const last = labels.at(-1)
    const isFree = last?.y !== place.y || place.x - last.x >= LABEL_WIDTH
    if (index % every !== 0 || !isFree || place.x + LABEL_WIDTH - 4 > Math.max(width, LABEL_WIDTH)) continue
    labels.push({ ...place, text: index === 0 ? month.slice(0, 4) : (MONTHS[index] ?? '') })
  }
  return labels
}

/** The index of the day at a point of the map; undefined between and outside the days. */
export function dayAt({ places, cell }: HeatMap, x: number, y: number): number | undefined {
  const index = places.findIndex(
    (place) => x >= place.x && x < place.x + cell && y >= place.y && y < place.y + cell,
  )
  return index < 0 ? undefined : index
}

/** The day a key moves to from the current one; undefined for other keys. */
export function dayAfterKey(key: string, index: number, count: number): number | undefined {
  const last = count - 1
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    ArrowRight: index + 5,
    ArrowLeft: index - 5,
    PageDown: index + 21,
    PageUp: index - 21,
    Home: 0,
    End: last,
  }
  const next = steps[key]
  return next === undefined ? undefined : Math.max(0, Math.min(last, next))
}
