import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { evaluate, startBareApp } from '../support/bare-app.ts'
import { environmentOf, expect, test } from '../support/signal-app.ts'

test.skip(process.platform === 'win32', 'needs signals')

const THROWER = fileURLToPath(new URL('../support/crash-on-signal.cjs', import.meta.url))

test('after an exception that nobody caught, Signal ends, starts again and says so; after a second one it stays away', async ({
  market,
  dataDir,
}) => {
  const app = await startBareApp({
    ...environmentOf(market),
    SIGNAL_DATA_DIR: dataDir,
    NODE_OPTIONS: `--require=${THROWER}`,
  })
  const log = () => readFileSync(join(dataDir, 'logs', 'signal.log'), 'utf8')
  const starts = () => [...log().matchAll(/"pid":(\d+),"msg":"Signal starts"/g)].map(([, pid]) => Number(pid))
  const isRunning = (pid: number) => {
    try {
      return process.kill(pid, 0)
    } catch {
      return false
    }
  }
  const ask = async () => {
    const [port = ''] = readFileSync(join(dataDir, 'DevToolsActivePort'), 'utf8').split('\n')
    return evaluate(port, 'document.body.innerText')
  }
  const text = () => ask().catch(() => undefined) // before and between the processes, nobody listens
  try {
    await expect.poll(text).toContain('AAPL')
    const [first = 0] = starts()
    process.kill(first, 'SIGUSR2')
    await expect.poll(() => starts().length).toBe(2)
    expect(isRunning(first)).toBe(false)
    expect(log()).toMatch(/an exception that nobody caught.*Uncaught exception/)

    await expect.poll(text).toMatch(/Signal was restarted after an internal error \(log ref [\da-f]{8}\)/)
    const [, second = 0] = starts()
    process.kill(second, 'SIGUSR2')
    await expect.poll(() => isRunning(second)).toBe(false)
    expect(log()).toContain('Not started again')
    expect(starts()).toHaveLength(2)
  } finally {
    for (const pid of starts()) if (isRunning(pid)) process.kill(pid, 'SIGKILL')
    await app.close()
  }
})
