import type { BarColumns } from './series.ts'

/** Shares of a value area. Source: J. P. Steidlmayer's Market Profile, about one standard deviation of the volume. */
const VALUE_AREA = 0.7

/** How the volume of a range of bars is spread over prices. Prices are in dollars. */
export interface VolumeProfile {
  /** Lowest price of the range; bucket i has the prices from `low + i * height`. */
  readonly low: number
  /** How much price a bucket covers; 0 if all bars stand at one price, which then is in one bucket. */
  readonly height: number
  /** Shares in each bucket, lowest price first. */
  readonly volumes: Float64Array
  /** The bucket with the most volume; of equals the one nearest to the middle of the range, of two such the lower. */
  readonly pointOfControl: number
  /** The buckets from <= bucket < until of the value area: around the point of control, with 70% of the volume at least. */
  readonly valueArea: { readonly from: number; readonly until: number }
}

/**
 * Volume by price of the bars. The volume of each bar is spread evenly from its low to its high. Undefined if there is no volume.
 * The value area grows from the point of control by two buckets at a time, on the side where those have more volume (above, if they
 * have the same). Source: J. Dalton, "Mind over Markets", 1993. Cut the columns to profile a range of them.
 */
export function volumeProfile(bars: BarColumns, buckets: number): VolumeProfile | undefined {
  let [low, high] = [Infinity, -Infinity]
  for (let bar = 0; bar < bars.minute.length; bar += 1) {
    if (!((bars.volume[bar] ?? 0) > 0)) continue
    low = Math.min(low, bars.low[bar] ?? NaN)
    high = Math.max(high, bars.high[bar] ?? NaN)
  }
  if (!(low <= high)) return undefined
  const height = (high - low) / buckets
  const volumes = new Float64Array(height > 0 ? buckets : 1)
  for (let bar = 0; bar < bars.minute.length; bar += 1) {
    const [from, until] = [((bars.low[bar] ?? NaN) - low) / height, ((bars.high[bar] ?? NaN) - low) / height]
    spread(volumes, from, until, bars.volume[bar] ?? 0)
  }
  const pointOfControl = fullest(volumes)
  return { low, height, volumes, pointOfControl, valueArea: valueAreaAround(volumes, pointOfControl) }
}

/** Adds a bar's volume, evenly from `from` to `until`, which are in buckets and NaN if there is only one. */
function spread(volumes: Float64Array, from: number, until: number, volume: number): void {
  if (!(volume > 0)) return
  const lowest = Math.min(Math.floor(from), volumes.length - 1) || 0
  const highest = Math.min(Math.ceil(until) - 1, volumes.length - 1) || 0
  if (highest <= lowest) {
    volumes[lowest] = (volumes[lowest] ?? 0) + volume
    return
  }
  for (let bucket = lowest; bucket <= highest; bucket += 1) {
    const covered = Math.min(bucket + 1, until) - Math.max(bucket, from)
    volumes[bucket] = (volumes[bucket] ?? 0) + (volume * covered) / (until - from)
  }
}

function fullest(volumes: Float64Array): number {
  const middle = (volumes.length - 1) / 2
  let found = 0
  volumes.forEach((volume, bucket) => {
    const most = volumes[found] ?? NaN
    const isNearer = Math.abs(bucket - middle) < Math.abs(found - middle)
    if (volume > most || (volume === most && isNearer)) found = bucket
  })
  return found
}

function valueAreaAround(volumes: Float64Array, pointOfControl: number): VolumeProfile['valueArea'] {
  const two = (at: number) => (volumes[at] ?? 0) + (volumes[at + 1] ?? 0)
  const wanted = VALUE_AREA * volumes.reduce((sum, volume) => sum + volume, 0)
  let [from, until] = [pointOfControl, pointOfControl + 1]
  let covered = volumes[pointOfControl] ?? NaN
  while (covered < wanted && (from > 0 || until < volumes.length)) {
    const [below, above] = [two(from - 2), two(until)]
    const isUp = from === 0 || (until < volumes.length && above >= below)
    covered += isUp ? above : below
    if (isUp) until = Math.min(until + 2, volumes.length)
    else from = Math.max(from - 2, 0)
  }
  return { from, until }
}
