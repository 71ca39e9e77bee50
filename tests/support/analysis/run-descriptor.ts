import type * as z from 'zod'
import { runIndicator, type IndicatorDescriptor } from '../../../src/analysis/indicator.ts'
import type { SeriesBar } from '../../../src/analysis/series.ts'
import { nyse } from '../../../src/shared/exchange-calendar.ts'
import { columnsOf } from './bars.ts'

/** The values of an indicator at each bar, one column for each output. */
export const runDescriptor = <Parameters extends z.ZodObject>(
  descriptor: IndicatorDescriptor<Parameters>,
  chosen: z.input<Parameters>,
  bars: readonly SeriesBar[],
): readonly number[][] =>
  runIndicator(descriptor.create(descriptor.parameters.parse(chosen), nyse), columnsOf(bars)).map(
    (column) => [...column],
  )
