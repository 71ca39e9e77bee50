/** This machine's time, epoch ms: the default where no other clock is passed in. */
export const machineClock = (): number => Date.now()
