/**
 * The installed app beside the checkout's, both on the same Electron: how soon the grid shows prices, and what they take of
 * the memory. Both are looked at from outside, in pictures of their display, since the installed one refuses every debugger.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { findElectron } from '../scripts/electron.mjs'
import { insideRoot } from '../scripts/lib/debian-root.mjs'
import { ensureBuilt, ROOT } from '../scripts/lib/build.mjs'
import { sandboxFlags } from '../scripts/lib/system.mjs'
import { childrenOf } from '../tests/support/children-of.ts'
import { commandOfEntry, folderOf, whyNoDebian, type Debian } from '../tests/support/installed/debian.ts'
import { openTestDisplay } from '../tests/support/installed/display.ts'
import { freshInstall } from '../tests/support/installed/fresh-install.ts'
import { shareColored } from '../tests/support/installed/picture.ts'
import { memoryOf } from '../tests/support/installed/processes.ts'
import { median, type Measurement } from './report.ts'

/** After the first start, which warms the caches. */
const STARTS = 7
/** How long an app runs before its memory is looked at. */
const SETTLES_MS = 20_000
/** Prices of the grid, which are colored by their direction, while the window has its initial size. */
const PRICES = { x: 280, y: 480, width: 70, height: 360 }
const LOOK_EVERY_MS = 15

/** A way to start Signal. */
interface Way {
  readonly program: string
  readonly args: readonly string[]
  readonly home: string
}

export async function benchInstalled(): Promise<readonly Measurement[]> {
  const refusal = whyNoDebian()
  if (refusal !== undefined) {
    console.error(`The installed app is not measured: ${refusal}.`)
    return []
  }
  ensureBuilt()
  const home = await mkdtemp(join(tmpdir(), 'signal-bench-'))
  const { path } = await findElectron()
  const { debian, remove } = freshInstall()
  const checkout = { program: path, args: [...sandboxFlags, ROOT], home }
  const installed = installedIn(debian)
  const starts = { checkout: [] as number[], installed: [] as number[] }
  for (let nth = 0; nth <= STARTS; nth++) {
    const [ofCheckout, ofInstalled] = [await start(checkout), await start(installed)]
    if (nth === 0) continue
    starts.checkout.push(ofCheckout.pricesAfterMs)
    starts.installed.push(ofInstalled.pricesAfterMs)
  }
  const memory = [await start(checkout, SETTLES_MS), await start(installed, SETTLES_MS)]
  await remove()
  await rm(home, { recursive: true })
  const [raw, ours] = [median(starts.checkout), median(starts.installed)]
  const [rawMemory = 0, ourMemory = 0] = memory.map(({ memoryMb }) => memoryMb)
  return [
    {
      name: 'start of the installed app to prices in the grid, warm (raw: the checkout)',
      unit: 'ms',
      raw,
      ours,
      ratio: ours / raw,
      budget: 'at most 1.25 of the checkout',
      kept: ours / raw <= 1.25,
    },
    {
      name: 'its memory after 20 s, all processes (raw: the checkout)',
      unit: 'MB',
      raw: rawMemory,
      ours: ourMemory,
      ratio: ourMemory / rawMemory,
      budget: 'at most 1.1 of the checkout',
      kept: ourMemory / rawMemory <= 1.1,
    },
  ]
}

function installedIn(debian: Debian): Way {
  const [program, args] = insideRoot(debian.folder, 'ann', commandOfEntry(debian))
  return { program, args, home: folderOf(debian, 'ann', '/home/ann/bench') }
}

/** Starts Signal and ends it again: when prices were seen, and what it took of the memory after a while. */
async function start({ program, args, home }: Way, runsMs = 0) {
  const display = await openTestDisplay(tmpdir())
  const began = performance.now()
  const env = { PATH: '/usr/sbin:/usr/bin:/bin', HOME: home, DISPLAY: display.name, LANG: 'C.UTF-8' }
  const child = spawn(program, args, { env, stdio: 'ignore' })
  while (shareColored(display.picture(), PRICES) < 0.01) await wait(LOOK_EVERY_MS)
  const pricesAfterMs = performance.now() - began
  await wait(runsMs)
  const pid = child.pid ?? 0
  const memoryMb = [pid, ...childrenOf(pid)].reduce((sum, each) => sum + memoryOf(each), 0) / 1e6
  const ended = once(child, 'exit')
  child.kill()
  await ended
  display.stop()
  return { pricesAfterMs, memoryMb }
}
