import { keysOf, type KeyPress } from '../app/key-map.ts'

/** What a key does while the focus is in the ticket. */
export type TicketCommand =
  | { readonly kind: 'step'; readonly steps: number }
  | { readonly kind: 'percent'; readonly percent: number }
  | { readonly kind: 'preset'; readonly by: 1 | -1 }
  | { readonly kind: 'fix'; readonly index: number }
  | { readonly kind: 'type' }
  | { readonly kind: 'go-on' }
  | { readonly kind: 'back' }

interface TicketKey {
  readonly keys: string
  readonly label: string
  readonly command: TicketCommand
}

const FIXES: readonly TicketKey[] = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => ({
  keys: `Alt+${digit}`,
  label: digit === 1 ? 'Apply first fix' : `Apply fix ${digit}`,
  command: { kind: 'fix', index: digit - 1 },
}))

/** The keys of the ticket, each once. Ctrl+K belongs to the command palette, so percentages use J and L. */
export const TICKET_KEYS: readonly TicketKey[] = [
  { keys: 'ArrowUp', label: '+1 tick / +1 lot', command: { kind: 'step', steps: 1 } },
  { keys: 'ArrowDown', label: '−1 tick / −1 lot', command: { kind: 'step', steps: -1 } },
  { keys: 'Shift+ArrowUp', label: '+10', command: { kind: 'step', steps: 10 } },
  { keys: 'Shift+ArrowDown', label: '−10', command: { kind: 'step', steps: -10 } },
  { keys: 'Ctrl+J', label: '−1% price or quantity', command: { kind: 'percent', percent: -1 } },
  { keys: 'Ctrl+L', label: '+1% price or quantity', command: { kind: 'percent', percent: 1 } },
  { keys: 'Ctrl+Shift+J', label: '−10%', command: { kind: 'percent', percent: -10 } },
  { keys: 'Ctrl+Shift+L', label: '+10%', command: { kind: 'percent', percent: 10 } },
  { keys: '[', label: 'Previous preset', command: { kind: 'preset', by: -1 } },
  { keys: ']', label: 'Next preset', command: { kind: 'preset', by: 1 } },
  { keys: 'Ctrl+T', label: 'Next order type', command: { kind: 'type' } },
  ...FIXES,
  { keys: 'Ctrl+Enter', label: 'Review, then send', command: { kind: 'go-on' } },
  { keys: 'Escape', label: 'Back / close', command: { kind: 'back' } },
]

const BY_KEYS = new Map(TICKET_KEYS.map(({ keys, command }) => [keys, command]))

/** Brackets by position too: where a layout prints letters there, no field of the ticket takes them. */
const BRACKETS: Readonly<Record<string, string>> = { BracketLeft: '[', BracketRight: ']' }

/** Keys that repeat while held down; all others count once. */
const MAY_REPEAT: ReadonlySet<TicketCommand['kind']> = new Set(['step', 'percent'])

/** The command of a key press in the ticket; undefined for other keys, and for held keys that count once. */
export function commandOf(press: KeyPress & { readonly repeat: boolean }): TicketCommand | undefined {
  const command = BY_KEYS.get(BRACKETS[press.code] ?? keysOf(press))
  return command && (!press.repeat || MAY_REPEAT.has(command.kind)) ? command : undefined
}

/** The ticket's own keys, for the list of all keys. */
export const TICKET_KEYS_LIST = {
  title: 'In the order ticket',
  lines: TICKET_KEYS.filter(({ command }) => command.kind !== 'fix' || command.index === 0).map(
    ({ keys, label }) => [label, keys] as const,
  ),
}
