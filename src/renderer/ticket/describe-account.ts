import type { Mode } from '#shared/settings'

const WORDS: Record<Mode, string> = { demo: 'DEMO', paper: 'PAPER', live: 'LIVE' }

/** Whose money it is, as the badge and the sentence of the review say it: `LIVE …4821`. */
export const describeAccount = (mode: Mode, endsWith: string | undefined): string =>
  endsWith === undefined ? WORDS[mode] : `${WORDS[mode]} …${endsWith}`
