import type { Mode } from '#shared/settings'

const WORDS: Record<Mode, string> = { demo: 'DEMO', paper: 'PAPER', live: 'LIVE' }

/** Mode and account as the badge and the review's sentence show them: `PAPER …4821`. */
export const describeAccount = (mode: Mode, endsWith: string | undefined): string =>
  endsWith === undefined ? WORDS[mode] : `${WORDS[mode]} …${endsWith}`
