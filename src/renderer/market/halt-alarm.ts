import { alarm } from '../stores/announcer.ts'
import { useMarket } from '../stores/market.ts'
import { newlyHalted } from './newly-halted.ts'

/** Immediately announces to screen readers each symbol that is halted or resumes; returns its stop. */
export const alarmAboutHalts = (): (() => void) =>
  useMarket.subscribe((now, before) => {
    const text = newlyHalted(before.bySymbol, now.bySymbol)
    if (text !== '') alarm(text)
  })
