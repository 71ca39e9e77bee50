import * as z from 'zod'
import { defined } from '#shared/defined'
import { DEFAULT_RISK_LIMITS, riskLimits, stricterLimits } from '#shared/trading/limits'
import type { RiskState } from '../state/index.ts'

const epochMs = z.number().int()
const MAX_REASON = 1_000
const MAX_REASONS = 10

/** A place in the event log: an event's id in the whole log, and its hash. */
const logPlace = z.object({ id: z.number().int().positive(), hash: z.string().min(1).max(200) })

/** What must outlive the database: the kill switch, the limits and the day lock of one mode. */
export const safetyState = z
  .strictObject({
    format: z.literal(1),
    limits: riskLimits,
    haltedSince: epochMs.optional(),
    lossReached: z.object({ day: z.string().max(10), at: epochMs }).optional(),
    /** Why no order is sent until the trader has confirmed the limits. */
    unconfirmed: z
      .object({ since: epochMs, reasons: z.array(z.string().max(MAX_REASON)).max(MAX_REASONS) })
      .optional(),
    /** The last event known; a database without it isn't the one that was in use. */
    lastEvent: logPlace.optional(),
    /** Wrong characters typed to arm the live account since it was last armed. */
    wrongGuesses: z.object({ count: z.number().int().positive(), lastAt: epochMs }).optional(),
  })
  .transform(defined)
export type SafetyState = z.output<typeof safetyState>

/** What the file holds. A damaged one is backed up, if possible under the name `backup`. */
export type StoredSafety =
  | { readonly kind: 'absent' }
  | { readonly kind: 'read'; readonly state: SafetyState }
  | { readonly kind: 'damaged'; readonly reason: string; readonly backup?: string }

/** Keeps the safety state of one mode outside the database. */
export interface SafetyStore {
  /** Reads what is kept. */
  read(): StoredSafety
  /** Replaces it; it is on disk once this returns. Throws the file system's error. */
  write(state: SafetyState): void
}

/** The state of an account that never traded. */
export const FIRST_SAFETY_STATE: SafetyState = { format: 1, limits: DEFAULT_RISK_LIMITS }

/** The state with another reason to confirm the limits; the same reason is not listed twice. */
export function withDoubt(state: SafetyState, reason: string, now: number): SafetyState {
  const { since = now, reasons = [] } = state.unconfirmed ?? {}
  const sentence = reason.slice(0, MAX_REASON)
  if (reasons.includes(sentence) || reasons.length >= MAX_REASONS) return state
  return { ...state, unconfirmed: { since, reasons: [...reasons, sentence] } }
}

/** The state with now for each time that is still to come: the clock was set back, and nothing waits for it to catch up. */
export function withoutFuture(state: SafetyState, now: number): SafetyState {
  const { haltedSince, lossReached, unconfirmed, wrongGuesses } = state
  const past = (at: number) => Math.min(at, now)
  return {
    ...state,
    ...(haltedSince !== undefined && { haltedSince: past(haltedSince) }),
    ...(lossReached && { lossReached: { ...lossReached, at: past(lossReached.at) } }),
    ...(unconfirmed && { unconfirmed: { ...unconfirmed, since: past(unconfirmed.since) } }),
    ...(wrongGuesses && { wrongGuesses: { ...wrongGuesses, lastAt: past(wrongGuesses.lastAt) } }),
  }
}

/** The stricter of the state and the log's: a log can block trading, never allow it. */
export function tightened(state: SafetyState, { limits, haltedSince, lossReached }: RiskState): SafetyState {
  const halted = state.haltedSince ?? haltedSince
  const isLater = lossReached !== undefined && lossReached.day > (state.lossReached?.day ?? '')
  return {
    ...state,
    limits: stricterLimits(state.limits, limits),
    ...(halted !== undefined && { haltedSince: halted }),
    ...(isLater && { lossReached }),
  }
}
