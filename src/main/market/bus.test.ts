import { expect, test, vi } from 'vitest'
import { createBus } from './bus.ts'

interface Events {
  quote: number
  halt: string
}

test('every subscriber gets the event, in order of subscription, and no other event', () => {
  const bus = createBus<Events>(() => {})
  const heard: string[] = []
  bus.subscribe('quote', (value) => heard.push(`first ${value}`))
  bus.subscribe('quote', (value) => heard.push(`second ${value}`))
  bus.subscribe('halt', (value) => heard.push(value))
  bus.publish('quote', 1)
  expect(heard).toEqual(['first 1', 'second 1'])
})

test('a listener that throws is reported, and the others still get the event', () => {
  const onFailure = vi.fn()
  const bus = createBus<Events>(onFailure)
  const cause = new Error('broken')
  const listener = vi.fn()
  bus.subscribe('quote', () => {
    throw cause
  })
  bus.subscribe('quote', listener)
  bus.publish('quote', 1)
  expect(onFailure).toHaveBeenCalledExactlyOnceWith('quote', cause)
  expect(listener).toHaveBeenCalledExactlyOnceWith(1)
})

test('a stopped listener gets nothing more, even if the same function is subscribed twice', () => {
  const bus = createBus<Events>(() => {})
  const listener = vi.fn()
  const stop = bus.subscribe('quote', listener)
  bus.subscribe('quote', listener)
  stop()
  stop()
  bus.publish('quote', 1)
  expect(listener).toHaveBeenCalledTimes(1)
})

test('listeners may stop or subscribe while an event is being published', () => {
  const bus = createBus<Events>(() => {})
  const late = vi.fn()
  const stop = bus.subscribe('quote', () => {
    stop()
    bus.subscribe('quote', late)
  })
  const other = vi.fn()
  bus.subscribe('quote', other)
  bus.publish('quote', 1)
  expect(other).toHaveBeenCalledTimes(1)
  expect(late).not.toHaveBeenCalled()
  bus.publish('quote', 2)
  expect(late).toHaveBeenCalledExactlyOnceWith(2)
})

test('an event without subscribers does nothing', () => {
  const onFailure = vi.fn()
  const bus = createBus<Events>(onFailure)
  const heard = vi.fn()
  bus.subscribe('quote', heard)
  bus.publish('halt', 'AAPL')
  bus.publish('quote', 1)
  expect(onFailure).not.toHaveBeenCalled()
  expect(heard).toHaveBeenCalledExactlyOnceWith(1)
})
