import { expect, test } from 'vitest'
import { runtimeConcerns, type RunningProgram } from './runtime-concerns.ts'

const SOUND: RunningProgram = {
  electron: '45.4.1',
  isRoot: false,
  isUnsandboxed: false,
  isDebuggable: false,
  hasNodeOptions: false,
  now: Date.parse('2026-11-27T12:00:00Z'),
}

const codes = (facts: Partial<RunningProgram>) =>
  runtimeConcerns({ ...SOUND, ...facts }).map(({ code }) => code)

test('a current Electron that runs sandboxed, as an ordinary user, without a debugger, raises no concern', () => {
  expect(codes({})).toEqual([])
})

test.each([
  ['the stand-in Electron 33', { electron: '33.2.1' }, 'no-security-updates'],
  ['a major that has run out since', { now: Date.parse('2027-05-01T12:00:00Z') }, 'no-security-updates'],
  ['an unknown runtime', { electron: undefined }, 'no-security-updates'],
  ['root without the sandbox', { isRoot: true, isUnsandboxed: true }, 'no-sandbox'],
  ['an ordinary user without the sandbox', { isUnsandboxed: true }, 'no-sandbox'],
  ['an open debugging port', { isDebuggable: true }, 'debugging'],
  ['NODE_OPTIONS, which may load other code', { hasNodeOptions: true }, 'node-options'],
] as const)('%s is named before the live account is armed', (_name, facts, code) => {
  expect(codes(facts)).toEqual([code])
})

test('each concern says what is wrong and what to do', () => {
  const all = {
    electron: '33.2.1',
    isRoot: true,
    isUnsandboxed: true,
    isDebuggable: true,
    hasNodeOptions: true,
  }
  const sentences = runtimeConcerns({ ...SOUND, ...all }).map(({ sentence }) => sentence)
  expect(sentences.join('\n')).toMatch(
    /Electron 33\.2\.1 no longer.*Install.*as root, without.*Start it.*debugging port.*Start it.*NODE_OPTIONS.*Remove it/s,
  )
})
