import { alarm } from '../stores/announcer.ts'
import { useMarket } from '../stores/market.ts'
import { newlyHalted } from './newly-halted.ts'

/** Tells a screen reader at once of each symbol that is halted or trades again; returns its stop. */
export const alarmAboutHalts = (): (() => void) =>
  useMarket.subscribe((now, before) => {
    const text = newlyHalted(before.bySymbol, now.bySymbol)
    if (text !== '') alarm(text)
  })
