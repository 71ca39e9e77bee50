import { flushSync } from 'react-dom'
import { create } from 'zustand'
import type { StockSymbol } from '#shared/units'

/** Takes over text that no row starts with, and the keyboard with it; answers whether it did. */
export type OnUnknown = (text: string) => boolean

/** The rows of a screen that typed letters find. */
export interface Finder {
  /** Symbols of the rows, from top to bottom; one may have several. */
  readonly symbols: () => readonly StockSymbol[]
  /** The symbol of the row in focus. */
  readonly current: () => StockSymbol | undefined
  /** Gives the focus to the first row of a symbol. */
  readonly show: (symbol: StockSymbol) => void
  /** What to say of text that no row starts with. */
  readonly describeUnknown: (text: string) => string
  readonly onUnknown?: OnUnknown
}

/** Letters typed to find a row; empty while nothing is typed. `unknown` says that no row starts with them. */
export const useTyped = create<{ readonly text: string; readonly unknown?: string }>(() => ({ text: '' }))

/** How long to wait for the next letter, ms. */
const WAITS_MS = 1_500

let stopWaiting: ReturnType<typeof setTimeout> | undefined

/** Forgets what was typed. */
export function endTyping(): void {
  clearTimeout(stopWaiting)
  useTyped.setState({ text: '' }, true)
}

/** Goes to the first row that starts with what is typed. */
function find(text: string, finder: Finder): void {
  clearTimeout(stopWaiting)
  if (text === '') return endTyping()
  const found = firstMatch(text, finder.symbols(), finder.current())
  // What takes over has the focus before the next key comes.
  if (found === undefined && flushSync(() => finder.onUnknown?.(text)) === true) return endTyping()
  useTyped.setState(found === undefined ? { text, unknown: finder.describeUnknown(text) } : { text }, true)
  stopWaiting = setTimeout(endTyping, WAITS_MS)
  if (found !== undefined) finder.show(found)
}

/**
 * The first symbol that starts with the text. A single letter goes on from the current one, so that pressing it now and
 * then walks through all that start with it.
 */
export function firstMatch(
  text: string,
  symbols: readonly StockSymbol[],
  current: StockSymbol | undefined,
): StockSymbol | undefined {
  const at = current === undefined ? -1 : symbols.indexOf(current)
  const turned = text.length === 1 ? [...symbols.slice(at + 1), ...symbols.slice(0, at + 1)] : symbols
  return turned.find((symbol) => symbol.startsWith(text))
}

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'repeat' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing'>

/** The letter of a key press: what it prints, or on a keyboard of another script the Latin letter in its place. */
function letterOf({ key, code, repeat, ctrlKey, metaKey, altKey, isComposing }: Press): string | undefined {
  if (repeat || ctrlKey || metaKey || altKey || isComposing) return undefined
  if (/^[a-z\d.]$/i.test(key)) return key.toUpperCase()
  return key.length === 1 && /\p{L}/u.test(key) ? /^Key([A-Z])$/.exec(code)?.[1] : undefined
}

/** Handles a key press outside of fields; answers whether it was for the letters that find a row. */
export function typeKey(press: Press, finder: Finder): boolean {
  const { text } = useTyped.getState()
  const letter = letterOf(press)
  if (letter !== undefined && (text !== '' || /^[A-Z]$/.test(letter))) find(text + letter, finder)
  else if (text === '') return false
  else if (press.key === 'Backspace') find(text.slice(0, -1), finder)
  else if (press.key === 'Escape') endTyping()
  else if (press.key === 'Enter' && useTyped.getState().unknown !== undefined) return true
  else {
    if (!['Shift', 'CapsLock'].includes(press.key)) endTyping()
    return false
  }
  return true
}
