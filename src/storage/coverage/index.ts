/** Coverage: which trading days have been loaded. */
export { keepCalendar, keepValue, readCalendar, readValue } from './calendar-days.ts'
export { checkCoverage } from './check-coverage.ts'
export { addCovered, readCovered, removeCovered } from './covered.ts'
export { refreshCalendar } from './refresh-calendar.ts'
export { isLoaded, loadableUntil, missingRanges, openDays, type DaySpan } from './missing.ts'
export { union, without, type TimeRange } from './range.ts'
