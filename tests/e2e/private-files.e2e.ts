import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { childrenOf } from '../support/children-of.ts'
import { connection } from '../support/market-page.ts'
import { expect, test } from '../support/signal-app.ts'

test.skip(process.platform !== 'linux', 'looks at the modes of files and into /proc')

test('everything in the data folder is its user’s alone, also what an older Signal left readable', async ({
  dataDir,
  launch,
}) => {
  chmodSync(dataDir, 0o755)
  mkdirSync(join(dataDir, 'logs'))
  chmodSync(join(dataDir, 'logs'), 0o755)
  for (const name of ['settings.json', 'logs/signal.log', 'demo-account.jsonl']) {
    writeFileSync(join(dataDir, name), name === 'settings.json' ? '{}' : '')
    chmodSync(join(dataDir, name), 0o644)
  }
  const { page } = await launch()
  await expect(connection(page)).toHaveText('Connected')
  const names = ['', ...readdirSync(dataDir, { recursive: true, encoding: 'utf8' })]
  expect(names).toEqual(
    expect.arrayContaining([
      'signal.demo.sqlite',
      'signal.demo.sqlite-wal',
      'logs/signal.log',
      'logs/storage.log',
    ]),
  )
  const open = names.filter((name) => {
    const stat = lstatSync(join(dataDir, name), { throwIfNoEntry: false })
    return stat !== undefined && !stat.isSymbolicLink() && (stat.mode & 0o077) !== 0
  })
  expect(open).toEqual([])
})

test('the storage process and the demo market get no variable that they do not need', async ({ launch }) => {
  const { electron, page } = await launch({
    env: {
      MY_BANK_PASSWORD: 'sesame',
      APCA_API_SECRET_KEY_OF_ANOTHER: 'sesame',
      PGPASSWORD: 'sesame',
      SIGNAL_DEMO_SEED: '4711',
      TZ: 'Europe/Rome',
    },
  })
  await expect(connection(page)).toHaveText('Connected')
  const main = electron.process().pid ?? 0
  const ours = childrenOf(main)
    .map((pid) => ({
      line: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '),
      names: readFileSync(`/proc/${pid}/environ`, 'utf8')
        .split('\0')
        .map((entry) => entry.split('=')[0] ?? ''),
    }))
    .filter(({ line }) => /storage\.cjs|node\.mojom\.NodeService/.test(line))
  expect(ours.length).toBeGreaterThanOrEqual(2)
  for (const { line, names } of ours) {
    expect(names, line).toContain('TZ')
    expect(
      names.filter((name) => /PASSWORD|SECRET|KEY|SIGNAL|ALPACA|^PG|NODE_OPTIONS/.test(name)),
      line,
    ).toEqual([])
  }
})
