import { expect, test } from 'vitest'
import { readArguments } from './arguments.ts'
import { demoMarketOptions } from './options.ts'

test('no arguments start the same market that the app starts', () => {
  expect(readArguments([])).toEqual(demoMarketOptions.parse({}))
})

test('arguments become options', () => {
  const args =
    '--port 8080 --seed 7 --rate 5000 --symbols aapl,BRK.B --clock real --account-file a.jsonl --control'.split(
      ' ',
    )
  expect(readArguments(args)).toMatchObject({
    port: 8080,
    seed: 7,
    rate: 5000,
    symbols: ['AAPL', 'BRK.B'],
    clock: 'real',
    accountFile: 'a.jsonl',
    control: true,
  })
  expect(readArguments(['--help'])).toBe('help')
})

test.each([
  [['--port', '70000'], /--port/],
  [['--rate', '0'], /--rate: is at least 1/],
  [['--rate', '300000'], /--rate: is at most 200,000/],
  [['--rate', 'fast'], /--rate/],
  [['--seed', '1.5'], /--seed/],
  [['--symbols', 'AAPL,no good'], /--symbols/],
  [['--symbols', ''], /--symbols/],
  [['--clock', 'broken'], /--clock/],
  [['--account-file', ''], /--account-file/],
  [['--fast'], /--fast/],
  [['stray'], /stray/],
])('%j is rejected with a message that names the problem', (args, words) => {
  expect(readArguments(args)).toEqual({ problem: expect.stringMatching(words) })
})
