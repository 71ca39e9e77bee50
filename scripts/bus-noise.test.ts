import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { isBusNoise } from './lib/bus-noise.mjs'

const RUN = resolve(import.meta.dirname, 'lib', 'run.mjs')
const NOISE = resolve(import.meta.dirname, 'lib', 'bus-noise.mjs')

test.each([
  '[15019:1127/110448.280891:ERROR:bus.cc(399)] Failed to connect to the bus: Failed to connect to socket /run/dbus/system_bus_socket: No such file or directory',
  '[15019:1127/110448.282766:ERROR:bus.cc(399)] Failed to connect to the bus: Could not parse server address: Unknown address type',
  '[7:0101/000001.5:ERROR:dbus/bus.cc:408] Failed to connect to the bus: Could not parse server address',
  '[7:0101/000001.5:ERROR:object_proxy.cc(590)] Failed to call method: org.freedesktop.portal.Settings.Read: object_path= /org/freedesktop/portal/desktop',
  '[7:9:0101/000001.5:WARNING:dbus/object_proxy.cc:577] Failed to call method: org.freedesktop.DBus.Properties.Get',
])('Chromium’s complaints about D-Bus are noise: %s', (line) => {
  expect(isBusNoise(line)).toBe(true)
})

test.each([
  '[15053:1127/110448.770496:ERROR:viz_main_impl.cc(186)] Exiting GPU process due to errors during initialization',
  '[7:0101/000001.5:FATAL:dbus/bus.cc:408] Check failed',
  '{"level":50,"msg":"[1:2/3.4:ERROR:bus.cc(1)] Failed to connect to the bus"}',
  'Error: Failed to connect to the bus',
])('other terminal output is not noise: %s', (line) => {
  expect(isBusNoise(line)).toBe(false)
})

test('a foreground program’s output is passed on to the last line, without the noise, and its exit code is ours', () => {
  const program = `console.error('[1:2/3.4:ERROR:bus.cc(399)] Failed to connect to the bus')
    console.error('a real error')
    console.log('an answer')
    process.stderr.write('the last words')
    process.exitCode = 3`
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `const { foreground } = await import(${JSON.stringify(RUN)})
       const { isBusNoise } = await import(${JSON.stringify(NOISE)})
       process.exitCode = await foreground(process.execPath, ['--eval', ${JSON.stringify(program)}], {}, isBusNoise)`,
    ],
    { encoding: 'utf8' },
  )
  expect({ status, stdout, stderr }).toEqual({
    status: 3,
    stdout: 'an answer\n',
    stderr: 'a real error\nthe last words\n',
  })
})
