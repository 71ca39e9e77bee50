import { expect, test } from 'vitest'
import { withoutTrading } from './without-trading.ts'

test('without a market to send to, the trader learns what is missing', async () => {
  const sentenceOf = async (mode: 'demo' | 'paper') => {
    const answer = await withoutTrading(mode, 0).flatten()
    return answer.ok || answer.error.kind !== 'refused' ? undefined : answer.error.problems[0]?.sentence
  }
  expect(await sentenceOf('demo')).toBe('Demo market starting. Retry in a moment.')
  expect(await sentenceOf('paper')).toBe('No API keys for the paper account. Add them in Settings.')
})
