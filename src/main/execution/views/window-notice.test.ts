import { expect, test } from 'vitest'
import type { OrderNotice } from '../deps.ts'
import { windowNotice } from './window-notice.ts'

const told = (kind: OrderNotice['kind']) =>
  windowNotice({ kind, key: 'order 1', title: 'Title', body: 'Body.' })

test('orders that expire or are done for the day are muted with cancels', () => {
  for (const kind of ['canceled', 'expired', 'done-for-day'] as const)
    expect(told(kind)).toEqual({ kind: 'cancel', key: 'order 1', tone: 'done', text: 'Title. Body.' })
})

test('a busted or corrected trade is an alert, which stays apart from fills', () => {
  expect(told('amended')).toMatchObject({ kind: 'alert', tone: 'warning' })
})
