import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { isChromiumNoise } from './lib/chromium-noise.mjs'

const RUN = resolve(import.meta.dirname, 'lib', 'run.mjs')
const NOISE = resolve(import.meta.dirname, 'lib', 'chromium-noise.mjs')

test.each([
  '[15019:1127/110448.280891:ERROR:bus.cc(399)] Failed to connect to the bus: Failed to connect to socket /run/dbus/system_bus_socket: No such file or directory',
  '[15019:1127/110448.282766:ERROR:bus.cc(399)] Failed to connect to the bus: Could not parse server address: Unknown address type',
  '[7:0101/000001.5:ERROR:dbus/bus.cc:408] Failed to connect to the bus: Could not parse server address',
  '[7:0101/000001.5:ERROR:object_proxy.cc(590)] Failed to call method: org.freedesktop.portal.Settings.Read: object_path= /org/freedesktop/portal/desktop',
  '[7:9:0101/000001.5:WARNING:dbus/object_proxy.cc:577] Failed to call method: org.freedesktop.DBus.Properties.Get',
  '[13814:1128/060051.832002:ERROR:viz_main_impl.cc(181)] Exiting GPU process due to errors during initialization',
  '[7:0101/000001.5:ERROR:content/browser/gpu/gpu_process_host.cc:997] GPU process exited unexpectedly: exit_code=8704',
  '[7:0101/000001.5:ERROR:angle_platform_impl.cc(43)] Display.cpp:1052 (initialize): ANGLE Display::initialize error 12289',
  'ERR: Display.cpp:1083 (initialize): ANGLE Display::initialize error 12289: Could not open the default X display.',
  '[7:0101/000001.5:ERROR:command_buffer_proxy_impl.cc(131)] ContextResult::kTransientFailure: Failed to send GpuControl.CreateCommandBuffer.',
])('Chromium’s complaints about D-Bus and a missing graphics card are noise: %s', (line) => {
  expect(isChromiumNoise(line)).toBe(true)
})

test.each([
  '[7:0101/000001.5:FATAL:dbus/bus.cc:408] Check failed',
  '[7:0101/000001.5:FATAL:gpu_data_manager_impl_private.cc(439)] GPU process isn’t usable. Goodbye.',
  '[7:0101/000001.5:ERROR:ssl_client_socket_impl.cc(996)] handshake failed',
  '{"level":50,"msg":"[1:2/3.4:ERROR:bus.cc(1)] Failed to connect to the bus"}',
  'Error: Failed to connect to the bus',
])('other terminal output is not noise: %s', (line) => {
  expect(isChromiumNoise(line)).toBe(false)
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
       const { isChromiumNoise } = await import(${JSON.stringify(NOISE)})
       process.exitCode = await foreground(process.execPath, ['--eval', ${JSON.stringify(program)}], {}, isChromiumNoise)`,
    ],
    { encoding: 'utf8' },
  )
  expect({ status, stdout, stderr }).toEqual({
    status: 3,
    stdout: 'an answer\n',
    stderr: 'a real error\nthe last words\n',
  })
})
