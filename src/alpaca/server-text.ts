import type { AlpacaConfig } from './config.ts'

/** Longer texts of a server are cut: no sentence of Alpaca's is this long. */
const MOST_CHARACTERS = 400
const REPLACEMENT = '[redacted]'

/**
 * Makes a text that a server sent fit for an error, a log and a screen: without the keys, in whatever encoding
 * it repeats them, and cut to a sentence's length.
 */
export type CleanText = (text: string) => string

/** What {@link CleanText} does, and the first half of it for a text that is still to be parsed. */
export interface ServerText {
  readonly clean: CleanText
  readonly redact: CleanText
}

/** Cleans texts of a server that was sent these keys. */
export function serverText({ apiKey, apiSecret }: AlpacaConfig): ServerText {
  const spellings = [apiSecret, apiKey]
    .flatMap((key) => [escaped(key), hexOf(key), ...base64Of(key).map(escaped)])
    .join('|')
  const keys = new RegExp(spellings, 'gi')
  const redact = (text: string) => text.replace(keys, REPLACEMENT)
  return {
    redact,
    clean(text) {
      const cleaned = redact(text)
      return cleaned.length > MOST_CHARACTERS ? `${cleaned.slice(0, MOST_CHARACTERS)}…` : cleaned
    },
  }
}

/**
 * Matches the text with each of its characters as itself or escaped: in a URL, also twice, in JSON,
 * JavaScript, HTML or with a backslash. Repetitions are bounded, so that a hostile text takes linear time.
 */
const escaped = (text: string): string =>
  Array.from(text, (character) => {
    const code = character.charCodeAt(0)
    const hex = code.toString(16).padStart(2, '0')
    const itself = character.replace(/[^\w]/, String.raw`\$&`)
    return String.raw`(?:\\{0,8}${itself}|%(?:25){0,4}${hex}|\\{1,8}(?:u00|x)${hex}|&#(?:x0{0,6}${hex}|0{0,6}${code});?)`
  }).join('')

/** Matches the text's bytes in hexadecimal, also with something between them. */
const hexOf = (text: string): string =>
  Array.from(Buffer.from(text), (byte) => byte.toString(16).padStart(2, '0')).join(
    String.raw`(?:[\s:,-]|0x|\\x){0,4}`,
  )

/** Base64 shorter than this would match by chance. */
const LEAST_BASE64 = 8

/**
 * The part of the text's Base64 that does not depend on what stands around it, for each of the three places
 * where it can begin, in both alphabets.
 */
const base64Of = (text: string): readonly string[] =>
  [0, 1, 2]
    .map((before) => {
      const whole = Buffer.from('\0'.repeat(before) + text).toString('base64')
      const own = Math.floor(((before + text.length) * 8) / 6)
      return whole.slice(Math.ceil((before * 8) / 6), own)
    })
    .filter((part) => part.length >= LEAST_BASE64)
    .flatMap((part) => [part, part.replaceAll('+', '-').replaceAll('/', '_')])
