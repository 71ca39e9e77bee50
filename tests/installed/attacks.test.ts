import { lstatSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { beforeAll, inject } from 'vitest'
import type { InstalledApp, StartOptions } from '../support/installed/app.ts'
import { APP_FOLDER, asUser, folderOf, type Debian } from '../support/installed/debian.ts'
import { copyWithClosedFuses, copyWithOpenFuses, makeOpenBuild } from '../support/installed/open-build.ts'
import { commandOf, portsOf, statusOf } from '../support/installed/processes.ts'
import { expect, test } from '../support/installed/test.ts'

/** What an attack uses, new for each start. */
interface Means {
  /** A port that is free. */
  readonly port: number
  /** The home folder of the start. */
  readonly home: string
  /** The names of the marks that foreign code has left. */
  readonly marks: () => readonly string[]
}

interface Attack {
  readonly name: string
  readonly begin: (means: Means) => StartOptions
  /** What is done to the running app. */
  readonly proceed?: (app: InstalledApp) => void
  readonly hasSucceeded: (app: InstalledApp, means: Means) => boolean
  /** The switch that the trader is told of. */
  readonly told?: string
}

/** Leaves a mark, then does what was asked. */
const FOREIGN_PROGRAM = '/opt/foreign.sh'
const FOREIGN_CODE = '/opt/foreign.cjs'
const LEAVE_MARK = "require('node:fs').writeFileSync(process.env.MARKS + '/' + process.pid, '')\n"

const opensPort = (app: InstalledApp, { port }: Means) => portsOf(app.processes()).includes(port)
const ranForeignCode = (_app: InstalledApp, { marks }: Means) => marks().length > 0

/** A program put in front of one of Chromium's processes: an open build acts upon it, and ends because that fails. */
const putInFront = (name: string): Attack => ({
  name: `--${name}`,
  begin: () => ({ args: [`--${name}=${FOREIGN_PROGRAM}`] }),
  hasSucceeded: ({ child }, { marks }) => child.signalCode === 'SIGTRAP' || marks().length > 0,
  told: name,
})

const ATTACKS: readonly Attack[] = [
  {
    name: 'ELECTRON_RUN_AS_NODE',
    begin: () => ({ env: { ELECTRON_RUN_AS_NODE: '1' }, args: ['-e', LEAVE_MARK] }),
    hasSucceeded: ranForeignCode,
    told: 'e',
  },
  {
    name: 'NODE_OPTIONS with a module to load first',
    begin: () => ({ env: { NODE_OPTIONS: `--require=${FOREIGN_CODE}` } }),
    hasSucceeded: ranForeignCode,
  },
  {
    name: 'Node’s debugger by --inspect',
    begin: ({ port }) => ({ args: [`--inspect=127.0.0.1:${port}`] }),
    hasSucceeded: opensPort,
    told: 'inspect',
  },
  {
    name: 'Node’s debugger by --inspect-brk',
    begin: ({ port }) => ({ args: [`--inspect-brk=127.0.0.1:${port}`] }),
    hasSucceeded: opensPort,
    told: 'inspect-brk',
  },
  {
    name: 'Node’s debugger by SIGUSR1',
    begin: ({ port }) => ({ args: [`--inspect-port=127.0.0.1:${port}`] }),
    proceed: ({ pid }) => process.kill(pid, 'SIGUSR1'),
    hasSucceeded: opensPort,
    told: 'inspect-port',
  },
  {
    name: 'Chromium’s debugger by a port',
    begin: ({ port }) => ({ args: [`--remote-debugging-port=${port}`] }),
    hasSucceeded: opensPort,
    told: 'remote-debugging-port',
  },
  {
    name: 'Chromium’s debugger by a port, with one dash',
    begin: ({ port }) => ({ args: [`-remote-debugging-port=${port}`] }),
    hasSucceeded: opensPort,
    told: 'remote-debugging-port',
  },
  {
    name: 'Chromium’s debugger by a pipe',
    begin: () => ({ args: ['--remote-debugging-pipe'], pipes: true }),
    proceed: ({ child }) => {
      const [, , , question] = child.stdio
      ;(question as Writable).write('{"id":1,"method":"Browser.getVersion"}\0') // it was started with a pipe there
    },
    hasSucceeded: ({ child }) => String((child.stdio[4] as Readable).read() ?? '').includes('"product"'), // the same
    told: 'remote-debugging-pipe',
  },
  putInFront('renderer-cmd-prefix'),
  putInFront('utility-cmd-prefix'),
]

const OPEN_BUILD = '/opt/open-build'
let openBuild = ''

beforeAll(async () => {
  const debian = inject('installed')?.debian
  if (debian === undefined) return
  openBuild = await makeOpenBuild(debian, OPEN_BUILD)
  const write = (path: string, text: string) =>
    writeFileSync(join(debian.folder, path), text, { mode: 0o755 })
  write(FOREIGN_PROGRAM, '#!/bin/sh\ntouch "$MARKS/$$"\nexec "$@"\n')
  write(FOREIGN_CODE, LEAVE_MARK)
})

let starts = 0

async function meansOf(debian: Debian): Promise<Means & { readonly options: StartOptions }> {
  starts += 1
  const home = folderOf(debian, 'eve', `/home/eve/home-${starts}`)
  const marks = folderOf(debian, 'eve', `/home/eve/marks-${starts}`)
  return {
    port: await freePort(),
    home,
    marks: () => readdirSync(join(debian.folder, marks)),
    options: { user: 'eve', home, env: { MARKS: marks } },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo // it listens on TCP
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** The options of a start under attack. */
const attacked = ({ options }: { readonly options: StartOptions }, attack: StartOptions): StartOptions => ({
  ...options,
  ...attack,
  env: { ...options.env, ...attack.env },
})

test.for(ATTACKS.map((attack) => [attack.name, attack] as const))(
  '%s does nothing to an installed Signal, and does it to an open build',
  async ([, { begin, proceed, hasSucceeded, told }], { installed: { debian }, start }) => {
    const control = await meansOf(debian)
    const open = await start({ command: [openBuild], ...attacked(control, begin(control)) })
    if (proceed) {
      await open.gridMoves()
      proceed(open)
    }
    await expect.poll(() => hasSucceeded(open, control)).toBe(true)
    await open.kill()

    const means = await meansOf(debian)
    const signal = await start(attacked(means, begin(means)))
    await signal.gridMoves()
    proceed?.(signal)
    await signal.gridMoves() // it continues, and had time to act
    expect(hasSucceeded(signal, means)).toBe(false)
    expect(portsOf(signal.processes())).toHaveLength(1) // the demo market's
    const warnings = [told].flatMap((name) =>
      name === undefined
        ? []
        : signal.logged(`Signal was started with --${name}, which it does not support. Start it without.`),
    )
    expect(warnings).toHaveLength(told === undefined ? 0 : 1)
    signal.photograph(`attack-${told ?? 'node-options'}`)
  },
)

test('--gpu-launcher starts nothing: with what it needs, an installed Signal does not start, as an open build does', async ({
  installed: { debian },
  start,
}) => {
  const attack = { args: [`--gpu-launcher=${FOREIGN_PROGRAM}`, '--no-sandbox', '--no-zygote'] }
  const control = await meansOf(debian)
  const open = await start({ command: [openBuild], ...attacked(control, attack) })
  await expect.poll(control.marks).not.toEqual([])
  await open.kill()
  const means = await meansOf(debian)
  const signal = await start(attacked(means, attack))
  await signal.ended
  expect(means.marks()).toEqual([])
})

test.for([
  ['--no-sandbox', { args: ['--no-sandbox'] }],
  ['--disable-seccomp-filter-sandbox', { args: ['--disable-seccomp-filter-sandbox'] }],
  ['ELECTRON_DISABLE_SANDBOX', { env: { ELECTRON_DISABLE_SANDBOX: '1' } }],
] satisfies readonly (readonly [string, StartOptions])[])(
  'what nobody can refuse is told: %s takes the sandbox away, and counts before live trading is armed',
  async ([, attack], { installed: { debian }, start }) => {
    const sandboxed = await start((await meansOf(debian)).options)
    await sandboxed.gridMoves()
    expect(filtersOfWindows(sandboxed)).toEqual([FILTERED])
    expect(concernsOf(sandboxed)).not.toContain('no-sandbox')
    await sandboxed.kill()
    const open = await start(attacked(await meansOf(debian), attack))
    await open.gridMoves()
    expect(filtersOfWindows(open)).toEqual(['0'])
    expect(concernsOf(open)).toContain('no-sandbox')
  },
)

/** The state of a process whose system calls are filtered. Source: proc(5), Seccomp in /proc/PID/status. */
const FILTERED = '2'

const filtersOfWindows = (app: InstalledApp) =>
  app
    .processes()
    .filter((pid) => commandOf(pid).includes('--type=renderer'))
    .map((pid) => statusOf(pid, 'Seccomp'))

/** What the log of a start says that makes Signal unsafe for real money. */
const concernsOf = (app: InstalledApp) => app.logged('Signal starts').flatMap(({ concerns }) => concerns)

const ARCHIVE = 'resources/app.asar'
const FOREIGN_APP = {
  'package.json': '{"name":"foreign","main":"main.cjs"}',
  'main.cjs': `${LEAVE_MARK}process.exit(0)\n`,
}

test.for([
  ['a folder in the place of the archive', ARCHIVE],
  ['an app folder beside the place of the archive', 'resources/app'],
] as const)(
  '%s is not run by a copy of the package, and is by one with open fuses',
  async ([, place], { installed: { debian }, start }) => {
    for (const [folder, copy, runs] of [
      ['/opt/copy-open', copyWithOpenFuses, true],
      ['/opt/copy', copyWithClosedFuses, false],
    ] as const) {
      const means = await meansOf(debian)
      const program = await copy(debian, folder)
      rmSync(join(debian.folder, folder, ARCHIVE))
      mkdirSync(join(debian.folder, folder, place))
      for (const [name, text] of Object.entries(FOREIGN_APP))
        writeFileSync(join(debian.folder, folder, place, name), text)
      const app = await start({ ...means.options, command: [program] })
      await app.ended
      expect(means.marks().length > 0).toBe(runs)
      rmSync(join(debian.folder, folder), { recursive: true })
    }
  },
)

test('nobody but root can change what is installed: not the archive, not the program, no file and no folder', ({
  installed: { debian },
}) => {
  const folder = join(debian.folder, APP_FOLDER)
  const all = [folder, ...readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name)))]
  const open = all.filter((path) => {
    const { uid, gid, mode } = lstatSync(path)
    return uid !== 0 || gid !== 0 || (mode & 0o022) !== 0
  })
  expect(open).toEqual([])
  const privileged = all.filter((path) => (lstatSync(path).mode & 0o7000) !== 0)
  expect(privileged).toEqual([join(folder, 'chrome-sandbox')])
  expect((lstatSync(join(folder, 'chrome-sandbox')).mode & 0o7777).toString(8)).toBe('4755')
  const swap = (path: string) => asUser(debian, 'eve', ['cp', '/etc/hostname', path])
  expect(swap('/home/eve/file').code).toBe(0)
  expect(swap(join(APP_FOLDER, ARCHIVE))).toMatchObject({
    code: 1,
    output: expect.stringContaining('denied'),
  })
})
