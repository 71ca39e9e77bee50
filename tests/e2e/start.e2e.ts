import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { environmentOf, expect, inheritedEnvironment, test } from '../support/signal-app.ts'

const START = fileURLToPath(new URL('../../scripts/start.mjs', import.meta.url))

test('a start with nothing left to set up says in one line what it runs on, opens Signal, and Ctrl+C ends everything', async ({
  dataDir,
}) => {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...environment } = inheritedEnvironment()
  const child = spawn(process.execPath, [START], {
    env: { ...environment, SIGNAL_DATA_DIR: dataDir },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const said = text(child.stderr)
  const exit = once(child, 'exit')
  const log = join(dataDir, 'logs', 'signal.log')
  try {
    await expect.poll(() => existsSync(log) && readFileSync(log, 'utf8')).toContain('Signal starts')
    await expect.poll(() => existsSync(join(dataDir, 'signal.demo.sqlite'))).toBe(true)
  } finally {
    child.kill('SIGINT')
    await exit
  }
  expect(await said).not.toMatch(/Failed to connect to the bus|object_proxy|GPU process/)
  // Other lines are Chromium's own errors, or come from the log.
  const ours = (await said).split('\n').filter((line) => line !== '' && !/^[[{]/.test(line))
  expect(ours).toEqual([expect.stringMatching(/^Signal runs on Electron \d+\.\d+\.\d+.*\.$/)])
  await expect.poll(() => processesThatMention(dataDir)).toEqual([])
})

/** The processes of Signal that still run, by their command lines; on Linux, where they can be read. */
function processesThatMention(text: string): readonly string[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .filter((id) => /^\d+$/.test(id))
    .map((id) => commandLine(id))
    .filter((line) => line.includes(text))
}

function commandLine(id: string): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8')
  } catch {
    return '' // it has just ended
  }
}

test('a restart shows the screen that was shown last', async ({ launch, market }) => {
  const env = environmentOf(market)
  const first = await launch({ env })
  await expect(first.page).toHaveTitle('DEMO · Market · Signal')
  await first.page.keyboard.press('Control+3')
  await expect(first.page).toHaveTitle('DEMO · Orders · Signal')
  await first.close()
  const second = await launch({ env })
  await expect(second.page).toHaveTitle('DEMO · Orders · Signal')
  await expect(second.page.getByRole('table', { name: 'Orders' })).toBeVisible()
})
