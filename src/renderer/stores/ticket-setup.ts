import * as z from 'zod'
import { parseJson } from '#shared/parse-json'

/** Units of the way from entry to stop that a bracket template may use. */
export const STOP_UNITS = ['atr', 'dollars', 'percent', 'ticks'] as const
/** Units of the way from entry to target that a bracket template may use. */
export const TARGET_UNITS = ['r', 'dollars', 'percent', 'ticks'] as const

/** A distance as typed, without its unit. */
const distanceText = z.string().regex(/^(?!0*\.?0*$)\d{1,6}(?:\.\d{1,4})?$/)

/** Exits that one key adds to an order. */
export const bracketTemplate = z.object({
  name: z.string().trim().min(1).max(8),
  stop: z.object({ text: distanceText, unit: z.enum(STOP_UNITS) }),
  target: z.object({ text: distanceText, unit: z.enum(TARGET_UNITS) }),
})
export type BracketTemplate = z.output<typeof bracketTemplate>

export const MOST_TEMPLATES = 4
export const MOST_PRESETS = 4

/** A size of an order: whole shares, or whole dollars after a dollar sign: `100`, `$5000`. */
export const preset = z.string().regex(/^\$?[1-9]\d{0,8}$/)

/** `close`: set to close what was bought or sold; `keep`: the side stays; `clear`: the ticket is emptied. */
const afterFill = z.enum(['close', 'keep', 'clear'])
export type AfterFill = z.output<typeof afterFill>

/** How the trader set up the order ticket. Stored in this window under a versioned key. */
const preferences = z.object({
  /** Whether it is shown beside the screens that trade. */
  open: z.boolean(),
  /** Sizes that one key sets as the quantity; a new order starts with the first. */
  presets: z.array(preset).min(1).max(MOST_PRESETS),
  /** Brackets that one key adds; an order that gets exits by choice starts with the first. */
  templates: z.array(bracketTemplate).min(1).max(MOST_TEMPLATES),
  /** What becomes of the ticket once its last order is filled and nothing was changed since. */
  afterFill,
  /** The trader was asked for the usual order size, and answered or dismissed it. */
  usualSizeAsked: z.boolean(),
})
export type TicketPreferences = z.output<typeof preferences>

export const DEFAULT_TEMPLATES: readonly BracketTemplate[] = [
  { name: '2R', stop: { text: '1', unit: 'atr' }, target: { text: '2', unit: 'r' } },
  { name: '3R', stop: { text: '1', unit: 'atr' }, target: { text: '3', unit: 'r' } },
  { name: '1%', stop: { text: '1', unit: 'percent' }, target: { text: '2', unit: 'r' } },
  { name: '20t', stop: { text: '20', unit: 'ticks' }, target: { text: '40', unit: 'ticks' } },
]

const DEFAULTS: TicketPreferences = {
  open: false,
  presets: ['100', '200', '500', '1000'],
  templates: [...DEFAULT_TEMPLATES],
  afterFill: 'close',
  usualSizeAsked: false,
}

const stored = z.record(z.string(), z.unknown())

/** What was kept, each missing part by default, or the defaults if there is nothing that can be read. */
export function readPreferences(text: string | null): TicketPreferences {
  const kept = stored.safeParse(parseJson(text ?? '')).data
  return preferences.safeParse({ ...DEFAULTS, ...kept }).data ?? DEFAULTS
}
