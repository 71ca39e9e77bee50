import { beforeEach, expect, test } from 'vitest'
import { tell, useToasts, withdraw } from './toasts.ts'

const texts = () => useToasts.getState().toasts.map(({ text }) => text)

beforeEach(() => useToasts.setState({ toasts: [] }))

test('a toast with the same key replaces the earlier one', () => {
  tell({ key: 'order-1', kind: 'fill', tone: 'done', text: '40 of 100 filled' })
  tell({ tone: 'done', text: 'Saved' })
  tell({ key: 'order-1', kind: 'fill', tone: 'done', text: '100 filled' })
  expect(texts()).toEqual(['Saved', '100 filled'])
})

test('a toast is withdrawn by its key once it is moot', () => {
  tell({ key: 'feed', tone: 'failed', text: 'Data feed down' })
  tell({ tone: 'done', text: 'Saved' })
  withdraw('feed')
  expect(texts()).toEqual(['Saved'])
})
