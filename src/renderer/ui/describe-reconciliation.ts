import { counted } from '#shared/format/numbers'
import type { Reconciliation } from '#shared/trading/account'
import type { Tone } from './dot.tsx'

/** How Signal's account state compares with Alpaca's, in a sentence. */
export function describeReconciliation({ state, differences, problem }: Reconciliation): {
  readonly tone: Tone
  readonly sentence: string
} {
  switch (state) {
    case 'agreed':
      return { tone: 'good', sentence: 'In sync with Alpaca.' }
    case 'running':
      return { tone: 'off', sentence: 'Reconciling with Alpaca…' }
    case 'differs': {
      const count = differences.length
      return {
        tone: 'bad',
        sentence: `${counted(count, 'mismatch', 'mismatches')}.`,
      }
    }
    default:
      return {
        tone: 'warn',
        sentence: `Reconciliation failed. ${problem ?? 'Retry.'}`,
      }
  }
}
