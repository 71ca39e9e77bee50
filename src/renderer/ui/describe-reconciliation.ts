import { counted } from '#shared/format/numbers'
import type { Reconciliation } from '#shared/trading/account'
import type { Tone } from './dot.tsx'

/** How our account state compares with the exchange's, in a sentence. */
export function describeReconciliation({ state, differences, problem }: Reconciliation): {
  readonly tone: Tone
  readonly sentence: string
} {
  switch (state) {
    case 'agreed':
      return { tone: 'good', sentence: 'Our events and the exchange agree.' }
    case 'running':
      return { tone: 'off', sentence: 'Comparing our events with the exchange.' }
    case 'differs': {
      const count = differences.length
      return {
        tone: 'bad',
        sentence: `Our events and the exchange differ in ${counted(count, 'place')}.`,
      }
    }
    default:
      return {
        tone: 'warn',
        sentence: `The exchange could not be compared with. ${problem ?? 'Try again.'}`,
      }
  }
}
