import { create } from 'zustand'
import type { EpochMs } from '#shared/units'

/** This machine's time, for what happens now; what a screen shows of it comes from {@link useClock}. */
export const now = (): EpochMs => Date.now()

/** The time shown on screens, updated once a second. Written by {@link followClock} alone. */
export const useClock = create<{ readonly now: EpochMs }>(() => ({ now: now() }))

/** Runs the clock; returns its stop. Each tick falls on a full second, so that all ages change together. */
export function followClock(): () => void {
  let timer: ReturnType<typeof setTimeout>
  const tick = () => {
    const at = now()
    useClock.setState({ now: at })
    timer = setTimeout(tick, 1_000 - (at % 1_000))
  }
  tick()
  return () => clearTimeout(timer)
}
