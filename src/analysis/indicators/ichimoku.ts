import * as z from 'zod'
import { describe, Indicator, length } from '../indicator.ts'
import { PriceChannel } from '../kernels/price-channel.ts'
import type { SeriesBar } from '../series.ts'

const parameters = z.object({
  conversionLength: length(9),
  baseLength: length(26),
  spanLength: length(52),
  displacement: length(26),
})

type Chosen = z.output<typeof parameters>

class IchimokuLines extends Indicator {
  readonly #conversion: PriceChannel
  readonly #base: PriceChannel
  readonly #span: PriceChannel

  constructor({ conversionLength, baseLength, spanLength }: Chosen) {
    super(5)
    this.#conversion = new PriceChannel(conversionLength)
    this.#base = new PriceChannel(baseLength)
    this.#span = new PriceChannel(spanLength)
  }

  protected show(bar: SeriesBar): void {
    const conversion = this.#conversion.peek(bar)
    const base = this.#base.peek(bar)
    this.values[0] = conversion
    this.values[1] = base
    this.values[2] = (conversion + base) / 2
    this.values[3] = this.#span.peek(bar)
    this.values[4] = bar.close
  }

  protected take(bar: SeriesBar): void {
    this.#conversion.take(bar)
    this.#base.take(bar)
    this.#span.take(bar)
  }

  protected kernels() {
    return [this.#conversion, this.#base, this.#span]
  }
}

/** The bar itself counts as the first of those by which a line is displaced. */
const ahead = ({ displacement }: Chosen): number => displacement - 1
const behind = ({ displacement }: Chosen): number => 1 - displacement

/** Ichimoku cloud. */
export const ICHIMOKU = describe({
  id: 'ichimoku',
  name: 'Ichimoku cloud',
  shortName: 'Ichimoku',
  pane: 'price',
  parameters,
  outputs: [
    { id: 'conversion', name: 'Conversion line', unit: 'price' },
    { id: 'base', name: 'Base line', unit: 'price' },
    { id: 'spanA', name: 'Leading span A', unit: 'price', shift: ahead },
    { id: 'spanB', name: 'Leading span B', unit: 'price', shift: ahead },
    { id: 'lagging', name: 'Lagging span', unit: 'price', shift: behind },
  ],
  formula: [
    'middle(n) = (max(high₁, …, highₙ) + min(low₁, …, lowₙ)) / 2',
    'conversion = middle(conversionLength), base = middle(baseLength)',
    'span A = (conversion + base) / 2, span B = middle(spanLength), both drawn displacement − 1 bars later',
    'lagging = close, drawn displacement − 1 bars earlier',
  ].join('\n'),
  convention:
    'The bar itself counts as the first of the displacement, as on TradingView: with 26 the cloud is drawn 25 bars ahead.',
  source: 'G. Hosoda (Ichimoku Sanjin), "Ichimoku Kinko Hyo", 1969',
  barsNeeded: (chosen) => Math.max(chosen.conversionLength, chosen.baseLength, chosen.spanLength),
  create: (chosen) => new IchimokuLines(chosen),
})
