import { expect, test } from 'vitest'
import { createPressTwice } from './press-twice.ts'

test('two presses within a second and a half count; a single press or two slow ones do not', () => {
  let time = 0
  const press = createPressTwice(() => time)
  expect(press()).toBe(false)
  time = 1_501
  expect(press()).toBe(false)
  time = 3_000
  expect(press()).toBe(true)
})

test('a third press starts over', () => {
  let time = 0
  const press = createPressTwice(() => time)
  expect([press(), press(), press()]).toEqual([false, true, false])
  time = 100
  expect(press()).toBe(true)
})
