import { expect, test } from 'vitest'
import type { Settings } from '#shared/settings'
import { noticeKind } from '#shared/trading/notice'
import { createSounds, type SoundTone } from './sounds.ts'

function heard(level: Settings['noticeSound'] = 'soft') {
  const played: { readonly tones: readonly SoundTone[]; readonly volume: number }[] = []
  let time = 0
  const sound = createSounds({
    play: (tones, volume) => void played.push({ tones, volume }),
    level: () => level,
    now: () => time,
  })
  return { played, sound, pass: (ms: number) => void (time += ms) }
}

test('fills, rejections, cancels and alerts can be told apart', () => {
  const { played, sound } = heard()
  for (const kind of noticeKind.options.filter((one) => one !== 'order')) sound(kind)
  const pitches = played.map(({ tones }) => tones.map(({ pitch }) => pitch).join())
  expect(new Set(pitches).size).toBe(4)
})

test('soft is softer than loud, and off is silent', () => {
  const [off, soft, loud] = [heard('off'), heard('soft'), heard('loud')]
  for (const { sound } of [off, soft, loud]) sound('fill')
  expect(off.played).toEqual([])
  expect(soft.played[0]?.volume).toBeLessThan(loud.played[0]?.volume ?? 0)
})

test('a cluster of fills sounds once, and a rejection among them is heard', () => {
  const { played, sound, pass } = heard()
  for (let nth = 0; nth < 20; nth++) sound('fill')
  sound('rejection')
  expect(played).toHaveLength(2)
  pass(300)
  sound('fill')
  expect(played).toHaveLength(3)
})
