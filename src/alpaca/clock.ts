/** This machine's time, epoch ms: what tells the time where no other clock is handed in. */
export const machineClock = (): number => Date.now()
