import * as z from 'zod'
import { describe, Indicator, length } from '../indicator.ts'
import { PriceChannel } from '../kernels/price-channel.ts'
import type { SeriesBar } from '../series.ts'

class Donchian extends Indicator {
  readonly #channel: PriceChannel

  constructor(bars: number) {
    super(3)
    this.#channel = new PriceChannel(bars)
  }

  protected show(bar: SeriesBar): void {
    const upper = this.#channel.peekUpper(bar)
    const lower = this.#channel.peekLower(bar)
    this.values[0] = upper
    this.values[1] = (upper + lower) / 2
    this.values[2] = lower
  }

  protected take(bar: SeriesBar): void {
    this.#channel.take(bar)
  }

  protected kernels() {
    return [this.#channel]
  }
}

/** Donchian channels. */
export const DONCHIAN_CHANNELS = describe({
  id: 'donchian',
  name: 'Donchian channels',
  shortName: 'DC',
  pane: 'price',
  parameters: z.object({ length: length(20) }),
  outputs: [
    { id: 'upper', name: 'Upper channel line', unit: 'price' },
    { id: 'middle', name: 'Middle line', unit: 'price' },
    { id: 'lower', name: 'Lower channel line', unit: 'price' },
  ],
  formula: [
    'upper = max(high₁, …, highₙ)',
    'middle = (upper + lower) / 2',
    'lower = min(low₁, …, lowₙ)',
  ].join('\n'),
  convention: 'The newest bar is one of the n: a breakout is a price beyond the channel of the bar before.',
  source: 'R. D. Donchian, the four-week rule',
  barsNeeded: (chosen) => chosen.length,
  create: (chosen) => new Donchian(chosen.length),
})
