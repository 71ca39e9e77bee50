import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { closedReason, tradingDay } from '#shared/exchange-calendar'
import { addDays, weekdayOf } from '#shared/calendar/new-york'

interface Fact {
  readonly kind: string
  readonly name: string
}

/** The known facts about unusual days: `date,kind,name` (../shared/data/README.md). */
function facts(file: string): Map<string, Fact> {
  const text = readFileSync(new URL(`../../../shared/data/calendar/${file}`, import.meta.url), 'utf8')
  const rows = text.trim().split('\n').slice(1)
  return new Map(
    rows.map((row) => {
      const [day = '', kind = '', ...name] = row.split(',')
      return [day, { kind, name: name.join(',') }]
    }),
  )
}

function expected(day: string, fact: Fact | undefined) {
  if (weekdayOf(day) > 5) return { closedFor: 'weekend', earlyClose: undefined }
  if (fact === undefined) return { closedFor: undefined, earlyClose: false }
  if (fact.kind === 'early_close') return { closedFor: undefined, earlyClose: true }
  return { closedFor: fact.name, earlyClose: undefined }
}

test.each([
  ['xnys-1998-2015.csv', '1998-01-01', '2016-01-01', 208],
  ['xnys.csv', '2016-01-01', '2028-01-01', 139],
])('every day of %s is open, short or closed as it really was', (file, from, until, count) => {
  const known = facts(file)
  expect(known.size).toBe(count)
  for (let day = from; day < until; day = addDays(day, 1)) {
    const reported = { closedFor: closedReason(day), earlyClose: tradingDay(day)?.earlyClose }
    expect({ day, ...reported }).toEqual({ day, ...expected(day, known.get(day)) })
  }
})
