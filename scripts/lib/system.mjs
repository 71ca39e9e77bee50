/**
 * Provides what Electron needs from a Linux system: shared libraries and a display. If we may (root on
 * Debian), missing packages are installed; elsewhere the exact command is printed.
 */
import { spawn } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { output, say } from './run.mjs'

/** These packages bring all libraries of a stock Electron on Debian 12, with their dependencies. */
const LIBRARY_PACKAGES = ['libnss3', 'libgtk-3-0', 'libgbm1', 'libasound2', 'libatk-bridge2.0-0']

const isRoot = process.getuid?.() === 0

/** Whether missing packages may be installed without asking. */
export const isRootOnDebian = isRoot && existsSync('/etc/debian_version')

/** Electron refuses to run as root inside its sandbox. */
export const sandboxFlags = process.platform === 'linux' && isRoot ? ['--no-sandbox'] : []

/** Where a program is on the PATH, if it is. @param {string} program */
export const pathOf = (program) =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK)
        return true
      } catch {
        return false
      }
    })

/** @param {string} program */
export const onPath = (program) => pathOf(program) !== undefined

/** Libraries that the program needs and this system lacks. @param {string} binary */
export const missingLibraries = (binary) =>
  output('ldd', [binary])
    .split('\n')
    .filter((line) => line.includes('not found'))
    .map((line) => String(line.trim().split(' ')[0]))

/** Makes sure that `binary` can be loaded here. @param {string} binary */
export function ensureLibraries(binary) {
  if (process.platform !== 'linux') return
  const missing = missingLibraries(binary)
  if (missing.length > 0) installPackages(LIBRARY_PACKAGES, `Electron lacks ${missing.join(', ')}`)
}

/**
 * Makes sure that windows can open: nothing to do if there is a display, otherwise starts a virtual one.
 * @returns {Promise<{ env: NodeJS.ProcessEnv, virtual: boolean, stop: () => void }>} the environment for the windows
 */
export async function openDisplay() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  if (process.platform !== 'linux' || DISPLAY || WAYLAND_DISPLAY) {
    return { env: process.env, virtual: false, stop: () => undefined }
  }
  const { name, stop } = await startVirtualDisplay()
  return { env: { ...process.env, DISPLAY: name }, virtual: true, stop }
}

/**
 * Starts a virtual display with a free number, which ends with this process at the latest.
 * @param {{ size?: string, folder?: string }} [options] its size, pixels, and where to keep what it shows, as an X window
 * dump named Xvfb_screen0
 */
export async function startVirtualDisplay({ size = '1920x1200', folder } = {}) {
  if (!onPath('Xvfb')) installPackages(['xvfb'], 'There is no display')
  // It writes its number to descriptor 3. Without -noreset it throws everybody out when its only client leaves.
  const args = ['-displayfd', '3', '-screen', '0', `${size}x24`, '-nolisten', 'tcp', '-noreset']
  const server = spawn('Xvfb', [...args, ...(folder === undefined ? [] : ['-fbdir', folder])], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    detached: true, // Ctrl+C goes to all programs of the terminal; Signal must be able to end before its display
  })
  const stop = () => {
    process.off('exit', stop)
    server.kill()
  }
  process.on('exit', stop)
  const number = await new Promise((resolve, reject) => {
    server.stdio[3]?.once('data', (data) => resolve(String(data).trim()))
    server.once('error', reject)
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code} before it had a display`)))
  })
  return { name: `:${number}`, stop }
}

/**
 * Installs Debian packages, or prints the command.
 * @param {readonly string[]} packages @param {string} reason
 */
export function installPackages(packages, reason) {
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`
  if (!existsSync('/etc/debian_version')) {
    throw new Error(`${reason}. Install what your distribution calls: ${packages.join(' ')}`)
  }
  if (!isRoot) throw new Error(`${reason}. Run: sudo apt-get update && sudo ${command}`)
  say(`${reason}: installing ${packages.join(' ')} (as root, with apt-get) ...`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  output('apt-get', ['update'], { env })
  output('apt-get', command.split(' ').slice(1), { env })
}
