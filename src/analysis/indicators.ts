import type { IndicatorDescriptor } from './indicator.ts'
import { ATR } from './indicators/average-true-range.ts'
import { BOLLINGER_BANDS } from './indicators/bollinger-bands.ts'
import { CCI } from './indicators/commodity-channel-index.ts'
import { ADX } from './indicators/directional-movement.ts'
import { DONCHIAN_CHANNELS } from './indicators/donchian-channels.ts'
import { ICHIMOKU } from './indicators/ichimoku.ts'
import { KELTNER_CHANNELS } from './indicators/keltner-channels.ts'
import { MACD } from './indicators/macd.ts'
import { MFI } from './indicators/money-flow-index.ts'
import { EMA, HMA, SMA, WMA } from './indicators/moving-average.ts'
import { OBV } from './indicators/on-balance-volume.ts'
import { PARABOLIC_SAR } from './indicators/parabolic-sar.ts'
import { GAP, PREVIOUS_DAY } from './indicators/previous-day.ts'
import { OPENING_RANGE, PRE_MARKET_RANGE } from './indicators/range-of-day.ts'
import { RSI } from './indicators/relative-strength-index.ts'
import { RELATIVE_VOLUME } from './indicators/relative-volume.ts'
import { ANCHORED_VWAP, SESSION_VWAP } from './indicators/session-vwap.ts'
import { STOCHASTIC } from './indicators/stochastic.ts'
import { SUPERTREND } from './indicators/supertrend.ts'
import { VWMA } from './indicators/volume-weighted-moving-average.ts'

/** Every indicator, in the order of the menus: averages, bands and trends over the price, levels, and what goes below it. */
export const INDICATORS: readonly IndicatorDescriptor[] = [
  SMA,
  EMA,
  WMA,
  HMA,
  VWMA,
  SESSION_VWAP,
  ANCHORED_VWAP,
  BOLLINGER_BANDS,
  KELTNER_CHANNELS,
  DONCHIAN_CHANNELS,
  SUPERTREND,
  PARABOLIC_SAR,
  ICHIMOKU,
  OPENING_RANGE,
  PREVIOUS_DAY,
  PRE_MARKET_RANGE,
  RSI,
  MACD,
  STOCHASTIC,
  ADX,
  CCI,
  MFI,
  OBV,
  ATR,
  GAP,
  RELATIVE_VOLUME,
]
