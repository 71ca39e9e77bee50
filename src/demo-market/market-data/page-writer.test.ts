import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PageWriter } from './page-writer.ts'

const written = (write: (page: PageWriter) => void) => {
  const page = new PageWriter()
  write(page)
  return page.bytes().toString()
}

test('a price is written as JSON.stringify would write it', () => {
  fc.assert(
    fc.property(fc.nat(2_000_000_000), (tenThousandths) => {
      const price = tenThousandths / 10_000
      expect(written((page) => page.amount(price, 4))).toBe(JSON.stringify(price))
    }),
  )
})

test('a VWAP keeps its six decimals', () => {
  fc.assert(
    fc.property(fc.nat(2_000_000_000), (millionths) => {
      const vwap = millionths / 1_000_000
      fc.pre(vwap >= 0.000001 || vwap === 0)
      expect(Number(written((page) => page.amount(vwap, 6)))).toBe(vwap)
    }),
  )
})

test('a volume is written in full, however large', () => {
  fc.assert(
    fc.property(fc.nat({ max: 1e15 }), (volume) => {
      expect(written((page) => page.whole(volume))).toBe(String(volume))
    }),
  )
})

test('a page grows with what is written to it', () => {
  const line = '{"t":"2026-11-24T15:00:00Z"}'
  const text = written((page) => {
    for (let nth = 0; nth < 5000; nth++) page.text(line)
  })
  expect(text).toBe(line.repeat(5000))
})
