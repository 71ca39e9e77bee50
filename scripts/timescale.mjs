/**
 * Runs a real TimescaleDB server for tests, on a machine that has Debian's packages and no Docker: a Debian
 * 13 folder, installed once and kept in the user's cache, whose server runs as our child process on a free
 * loopback port.
 *
 * `node scripts/timescale.mjs COMMAND ...` runs the command with SIGNAL_TEST_DATABASE_URL set, then ends the
 * server.
 */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { debianRootPath, ensureDebianRoot, removeAbandoned } from './lib/debian-root.mjs'
import { foreground, output } from './lib/run.mjs'
import { isRootOnDebian } from './lib/system.mjs'

const SYSTEM = debianRootPath('timescale-debian-13')
const CLUSTERS = join(SYSTEM, 'clusters')
const BIN = '/usr/lib/postgresql/17/bin'
const READY_WITHIN_MS = 30_000

/** The reason why a server cannot be set up here; undefined if it can. */
export const whyNoTimescale = () =>
  isRootOnDebian ? undefined : 'a TimescaleDB server is set up only as root on Debian'

/** Installs Debian 13 with the server into the cache, unless it is there. */
function ensureSystem() {
  ensureDebianRoot(SYSTEM, {
    suite: 'trixie',
    packages: ['postgresql-17', 'postgresql-17-timescaledb'],
    what: 'TimescaleDB for the tests (once, about a minute and 700 MB)',
  })
  // The server runs as postgres, which must be able to write there.
  mkdirSync(CLUSTERS, { recursive: true })
  chmodSync(CLUSTERS, 0o777)
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** @param {readonly string[]} command */
const inside = (command) => ['--userspec=postgres:postgres', SYSTEM, ...command]

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_preload_libraries: 'timescaledb',
  // The folder does not have its own /dev/shm.
  dynamic_shared_memory_type: 'mmap',
  'timescaledb.telemetry_level': 'off',
  // Tests kill the server, never the machine: what it wrote survives without waiting for the disk.
  fsync: 'off',
  shared_buffers: '256MB',
  max_wal_size: '4GB',
}

/**
 * Creates a cluster whose only user, signal, must give the password.
 * @param {string} data @param {string} password
 */
function initialise(data, password) {
  const passwordFile = `${data}.password`
  writeFileSync(join(SYSTEM, passwordFile), password)
  const options = [
    '-U',
    'signal',
    '-A',
    'scram-sha-256',
    `--pwfile=${passwordFile}`,
    '-E',
    'UTF8',
    '--no-sync',
  ]
  output('chroot', inside([`${BIN}/initdb`, '-D', data, ...options]))
  rmSync(join(SYSTEM, passwordFile))
}

/**
 * Starts a server with a new, empty cluster.
 * @returns {Promise<{ url: string, kill: () => Promise<void>, start: () => Promise<void>, stop: () => Promise<void> }>}
 * `kill` is kill -9 of the server; `start` brings a killed one back; `stop` ends it and removes its data.
 */
export async function startTimescale() {
  const refusal = whyNoTimescale()
  if (refusal) throw new Error(refusal)
  ensureSystem()
  removeAbandoned(CLUSTERS)
  const port = await freePort()
  const data = `/clusters/${process.pid}-${port}`
  const password = randomBytes(12).toString('hex')
  initialise(data, password)

  /** @type {import('node:child_process').ChildProcess | undefined} */
  let server
  let diagnosis = ''
  const killOnExit = () => server?.kill('SIGKILL')
  process.once('exit', killOnExit)

  function launch() {
    const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const command = [`${BIN}/postgres`, '-D', data, '-p', String(port), ...settings]
    const launched = spawn('chroot', inside(command), { stdio: ['ignore', 'ignore', 'pipe'] })
    launched.stderr.on('data', (text) => (diagnosis = (diagnosis + text).slice(-4_000)))
    server = launched
    return launched
  }

  async function start() {
    const until = Date.now() + READY_WITHIN_MS
    for (let launched = launch(); !answers();) {
      if (Date.now() > until) throw new Error(`TimescaleDB did not start: ${diagnosis}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
      // For a moment after kill -9 the server's own processes still hold its memory, and a new one refuses to
      // start.
      if (launched.exitCode !== null) launched = launch()
    }
  }

  function answers() {
    try {
      output('chroot', inside([`${BIN}/pg_isready`, '-q', '-h', '127.0.0.1', '-p', String(port)]))
      return true
    } catch {
      return false
    }
  }

  /** @param {NodeJS.Signals} signal */
  async function end(signal) {
    const ending = server
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return
    const ended = new Promise((resolve) => ending.once('exit', resolve))
    ending.kill(signal)
    await ended
  }

  await start()
  return {
    url: `postgres://signal:${password}@127.0.0.1:${port}/postgres`,
    kill: () => end('SIGKILL'),
    start,
    async stop() {
      await end('SIGINT')
      process.off('exit', killOnExit)
      rmSync(join(SYSTEM, data), { recursive: true, force: true })
    },
  }
}

if (import.meta.url === pathToFileURL(String(process.argv[1])).href) {
  const [command = '', ...args] = process.argv.slice(2)
  const server = await startTimescale()
  try {
    process.exitCode = await foreground(command, args, {
      ...process.env,
      SIGNAL_TEST_DATABASE_URL: server.url,
    })
  } finally {
    await server.stop()
  }
}
