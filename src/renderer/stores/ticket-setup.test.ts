import { expect, test } from 'vitest'
import { DEFAULT_TEMPLATES, readPreferences } from './ticket-setup.ts'

test('presets kept before there were templates stay, and the templates are the default ones', () => {
  expect(readPreferences('{"open":true,"presets":["10","50"]}')).toMatchObject({
    open: true,
    presets: ['10', '50'],
    templates: DEFAULT_TEMPLATES,
  })
})

test('a new order begins with 100 shares until the trader says otherwise', () => {
  expect(readPreferences(null).presets[0]).toBe('100')
  expect(readPreferences('no JSON').presets[0]).toBe('100')
})

test.each(['0', '0.0', '-1', '1e3', 'x', ''])('a template at a distance of %j is not taken', (text) => {
  const templates = [{ ...DEFAULT_TEMPLATES[0], stop: { text, unit: 'ticks' } }]
  expect(readPreferences(JSON.stringify({ templates })).templates).toEqual(DEFAULT_TEMPLATES)
})
