import type { StateReader, StateWriter } from '../kernel.ts'

/** 2^27 + 1, which splits a double's digits into halves. */
const SPLIT = 134_217_729

/**
 * A sum with about 32 digits. A running sum of doubles drifts with each value that comes and goes; this one does not, so that a
 * figure over a window is the same wherever the series began. Source: T. J. Dekker, "A floating-point technique for extending the
 * available precision", 1971 (TwoSum by D. E. Knuth).
 */
export class DoubleDouble {
  high = 0
  low = 0

  get value(): number {
    return this.high + this.low
  }

  set(other: DoubleDouble): this {
    this.high = other.high
    this.low = other.low
    return this
  }

  clear(): this {
    this.high = 0
    this.low = 0
    return this
  }

  add(value: number): this {
    const sum = this.high + value
    const part = sum - this.high
    const error = this.high - (sum - part) + (value - part) + this.low
    this.high = sum + error
    this.low = error - (this.high - sum)
    return this
  }

  /** Adds the exact product of two doubles. */
  addProduct(one: number, other: number): this {
    const product = one * other
    return this.add(product).add(productError(one, other, product))
  }

  /** This less the product of two doubles, which it nearly is. */
  lessProduct(one: number, other: number): number {
    const product = one * other
    return this.high - product - productError(one, other, product) + this.low
  }

  /** The nearest double to this through `divisor`, so that the mean of equal values is that value. */
  dividedBy(divisor: number): number {
    const quotient = this.high / divisor
    return quotient + this.lessProduct(quotient, divisor) / divisor
  }

  save(state: StateWriter): void {
    state.write(this.high, this.low)
  }

  load(state: StateReader): void {
    this.high = state.read()
    this.low = state.read()
  }
}

/** What a double's product lacks to the exact one. */
export function productError(one: number, other: number, product: number): number {
  const oneHigh = SPLIT * one - (SPLIT * one - one)
  const otherHigh = SPLIT * other - (SPLIT * other - other)
  const [oneLow, otherLow] = [one - oneHigh, other - otherHigh]
  return oneLow * otherLow - (product - oneHigh * otherHigh - oneLow * otherHigh - oneHigh * otherLow)
}
