import { create } from 'zustand'
import type { EpochMs } from '#shared/units'

/** The time shown on screens, updated once a second. Written by {@link followClock} alone. */
export const useClock = create<{ readonly now: EpochMs }>(() => ({ now: Date.now() }))

/** Runs the clock; returns its stop. Each tick falls on a full second, so that all ages change together. */
export function followClock(): () => void {
  let timer: ReturnType<typeof setTimeout>
  const tick = () => {
    const now = Date.now()
    useClock.setState({ now })
    timer = setTimeout(tick, 1_000 - (now % 1_000))
  }
  tick()
  return () => clearTimeout(timer)
}
