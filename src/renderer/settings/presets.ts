import { MOST_PRESETS, preset } from '../stores/ticket-setup.ts'

/** Result of reading a list of presets. */
export type Presets =
  | { readonly kind: 'read'; readonly presets: readonly string[] }
  | { readonly kind: 'refused'; readonly sentence: string }

/** Reads sizes separated by commas or spaces, in shares or in dollars (`$5000`): one to four, whole, each once. */
export function readPresets(text: string): Presets {
  const words = text.split(/[\s,;]+/).filter(Boolean)
  if (words.length === 0) return { kind: 'refused', sentence: 'Enter at least one size.' }
  if (words.length > MOST_PRESETS) return { kind: 'refused', sentence: `At most ${MOST_PRESETS} presets.` }
  const wrong = words.find((word) => !preset.safeParse(word).success)
  if (wrong !== undefined) {
    return { kind: 'refused', sentence: `“${wrong}” isn’t a whole number of shares or dollars.` }
  }
  if (new Set(words).size < words.length) return { kind: 'refused', sentence: 'Duplicate value.' }
  return { kind: 'read', presets: words }
}
