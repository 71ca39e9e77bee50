import { expect, test } from 'vitest'
import { createNextFrame } from './next-frame.ts'

function frames() {
  const commits: Record<string, number>[] = []
  const asked: (() => void)[] = []
  const frame = createNextFrame<string, number>(
    (values) => commits.push(Object.fromEntries(values)),
    (run) => asked.push(run),
  )
  return {
    commits,
    asked,
    clear: () => frame.clear(),
    offer: (values: Record<string, number>) => frame.offer(Object.entries(values)),
    frame: () => asked.splice(0).forEach((run) => run()),
  }
}

test('updates between two frames are drawn together in the next one, the newest of each symbol', () => {
  const { commits, asked, offer, frame } = frames()
  offer({ AAPL: 1, TSLA: 5 })
  offer({ AAPL: 2 })
  expect(asked).toHaveLength(1)
  frame()
  expect(commits).toEqual([{ AAPL: 2, TSLA: 5 }])
  offer({ TSLA: 6 })
  frame()
  expect(commits.at(-1)).toEqual({ TSLA: 6 })
})

test('updates still waiting from the previous market are never drawn', () => {
  const { commits, offer, clear, frame } = frames()
  offer({ AAPL: 1 })
  clear()
  frame()
  expect(commits).toEqual([])
})

test('after a change of market, the first values of the new one are drawn', () => {
  const { commits, offer, clear, frame } = frames()
  offer({ AAPL: 1 })
  clear()
  offer({ AAPL: 7 })
  frame()
  expect(commits).toEqual([{ AAPL: 7 }])
})
