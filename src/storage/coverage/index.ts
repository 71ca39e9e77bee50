/** Coverage: which trading days have been loaded. */
export { keepValue, readCalendar, readValue } from './calendar-days.ts'
export { checkCoverage } from './check-coverage.ts'
export { addCovered, readCovered, removeCovered } from './covered.ts'
export { refreshCalendar } from './refresh-calendar.ts'
export { loadableUntil, openDays } from './missing.ts'
export type { TimeRange } from './range.ts'
export { rangesToLoad } from './to-load.ts'
