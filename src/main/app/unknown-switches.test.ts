import { expect, test } from 'vitest'
import { unknownSwitches } from './unknown-switches.ts'

test.each([
  ['a debugging port', ['--remote-debugging-port=9222'], ['remote-debugging-port']],
  ['a debugging pipe', ['--remote-debugging-pipe'], ['remote-debugging-pipe']],
  ['with one dash, which Chromium reads too', ['-remote-debugging-port=0'], ['remote-debugging-port']],
  ['Node’s debugger', ['--inspect-brk=127.0.0.1:1'], ['inspect-brk']],
  [
    'a program to start as the renderer',
    ['--renderer-cmd-prefix=/tmp/x', '--gpu-launcher=/tmp/y'],
    ['renderer-cmd-prefix', 'gpu-launcher'],
  ],
  ['named twice', ['--host-rules=a', '--host-rules=b'], ['host-rules']],
  ['among others', ['file', '--lang=de', '--inspect'], ['inspect']],
])('a packaged Signal does not follow %s', (_what, args, names) => {
  expect(unknownSwitches(args, 'linux')).toEqual(names)
})

test('it follows what concerns the display and the keyring', () => {
  const args = [
    '--ozone-platform=wayland',
    '--force-device-scale-factor=1.5',
    '--password-store=gnome-libsecret',
  ]
  expect(unknownSwitches(args, 'linux')).toEqual([])
})

test('what takes the sandbox away works before Signal can refuse it, so that it is not said to be ignored', () => {
  expect(unknownSwitches(['--no-sandbox', '--disable-seccomp-filter-sandbox'], 'linux')).toEqual([])
})

test('what stands after -- is no switch, and neither is a dash', () => {
  expect(unknownSwitches(['-', '--', '--inspect'], 'linux')).toEqual([])
})

test('on Windows a slash begins a switch too, and case does not count; elsewhere a path begins with one', () => {
  expect(unknownSwitches(['/Remote-Debugging-Port=1', '/LANG=de'], 'win32')).toEqual([
    'remote-debugging-port',
  ])
  expect(unknownSwitches(['/home/me', 'Lang'], 'linux')).toEqual([])
  expect(unknownSwitches(['--LANG=de'], 'linux')).toEqual(['LANG'])
})
