/** Series, timeframes and indicators: one definition for chart, alert, live signal and backtest. Pure; runs anywhere. */
export { INDICATORS } from './indicators.ts'
export { Indicator, runIndicator, type IndicatorDescriptor, type IndicatorOutput } from './indicator.ts'
export { BarBuilder, buildBars } from './bar-builder.ts'
export { BarSeries, columnsFor, type BarColumns, type SeriesBar } from './series.ts'
export { TIMEFRAMES, type Timeframe, type TimeframeOptions } from './timeframes.ts'
export { volumeProfile, type VolumeProfile } from './volume-profile.ts'
