/**
 * Random numbers by position instead of sequence: each is a function of a key and a counter, so any minute of
 * any day can be generated without those before it, and a seed always gives the same market.
 */

/** 32 well-mixed bits for that key and counter. The mixing constants are those of MurmurHash3's finalizer. */
export function bitsAt(key: number, counter: number): number {
  let bits = key ^ Math.imul(counter + 1, 0x9e3779b1)
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) >>> 0
}

/** Uniformly distributed, 0 <= x < 1. */
export const uniformAt = (key: number, counter: number): number => bitsAt(key, counter) / 0x1_0000_0000

/** Nearly normal, mean 0 and standard deviation 1, never beyond 3.5: the sum of one draw's four bytes. */
export function normalAt(key: number, counter: number): number {
  const bits = bitsAt(key, counter)
  const sum = (bits & 255) + ((bits >>> 8) & 255) + ((bits >>> 16) & 255) + (bits >>> 24)
  return (sum - 510) / 147.8
}

/** The key of a named stream of numbers. */
export function keyOf(seed: number, name: string): number {
  let key = bitsAt(seed, name.length)
  for (let at = 0; at < name.length; at++) key = bitsAt(key, name.charCodeAt(at))
  return key
}
