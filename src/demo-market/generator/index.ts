/**
 * The demo market's seeded generator: any minute of any day since 2016, without generating those before it.
 */
export { rollUp, splitAdjusted, stepTicks, toSixDecimals, toTick, type SimBar, type SimFeed } from './bar.ts'
export { haltOn, type PlannedHalt } from './halts.ts'
export { FAKEPACA, inventedListing, WELL_KNOWN, type Listing } from './listing.ts'
export { beforeLateTrade, formingBar, minuteBar, priceWithin } from './minute-bar.ts'
export { FIRST_EXCHANGE_DAY, pricePath, type PathOfDay, type PricePath } from './price-path.ts'
export { bitsAt, keyOf, uniformAt } from './random.ts'
export { splitFactor, splitsOf } from './splits.ts'
