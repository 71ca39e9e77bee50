import { quantity, type Quantity } from '#shared/units'

const MOST = 4

/** Result of reading a list of presets. */
export type Presets =
  | { readonly kind: 'read'; readonly presets: readonly Quantity[] }
  | { readonly kind: 'refused'; readonly sentence: string }

/** Reads numbers of shares separated by commas or spaces: one to four, whole, each once. */
export function readPresets(text: string): Presets {
  const words = text.split(/[\s,;]+/).filter(Boolean)
  if (words.length === 0) return { kind: 'refused', sentence: 'Type at least one number of shares.' }
  if (words.length > MOST) return { kind: 'refused', sentence: `There is room for ${MOST} presets.` }
  const wrong = words.find((word) => !/^[1-9]\d{0,8}$/.test(word))
  if (wrong !== undefined) {
    return { kind: 'refused', sentence: `“${wrong}” is not a whole number of shares.` }
  }
  if (new Set(words).size < words.length) return { kind: 'refused', sentence: 'A number stands there twice.' }
  return { kind: 'read', presets: quantity.array().parse(words) }
}
