import { expect, test } from 'vitest'
import { storageLocation } from './location.ts'

test('paper and live share a database, the demo market has its own', () => {
  const paper = storageLocation('paper', '/data', undefined)
  expect(paper).toEqual({ url: 'sqlite:/data/signal.sqlite', options: {} })
  expect(storageLocation('live', '/data', undefined)).toEqual(paper)
  expect(storageLocation('demo', '/data', undefined).url).toBe('sqlite:/data/signal.demo.sqlite')
  expect(storageLocation('demo', '/data', 'sqlite:/other.d/bars').url).toBe('sqlite:/other.d/bars.demo')
})

test('on a server the demo market has a schema of its own', () => {
  const url = 'postgres://me@localhost:5433/signal'
  expect(storageLocation('paper', '/data', url)).toEqual({ url, options: {} })
  expect(storageLocation('demo', '/data', url)).toEqual({ url, options: { schema: 'signal_demo' } })
})
