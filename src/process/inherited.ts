import { closeSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** Standard streams, and the channel to the parent, which Node gives the first number after them. */
const OWN = 3
/** Source: open(2), Linux: O_CLOEXEC. Everything that Node and SQLite open themselves has it. */
const CLOSE_ON_EXEC = 0o2000000

/**
 * Closes the sockets that a process forked by Node inherited from its parent. Every child that Node forks
 * inherits Chromium's: if the storage process kept a window's socket, main would never learn that the window
 * crashed. (Children forked by Electron inherit nothing.) Files are left alone because keeping them does no
 * harm. Linux only, the only system where Signal forks this way.
 */
export function closeInherited(): void {
  if (process.platform !== 'linux' || process.send === undefined) return
  for (const name of readdirSync('/proc/self/fd')) {
    const descriptor = Number(name)
    if (descriptor <= OWN) continue
    try {
      if (!readlinkSync(`/proc/self/fd/${name}`).startsWith('socket:')) continue
      const flags = /^flags:\s*(\d+)$/m.exec(readFileSync(`/proc/self/fdinfo/${name}`, 'utf8'))?.[1]
      if (flags !== undefined && (parseInt(flags, 8) & CLOSE_ON_EXEC) === 0) closeSync(descriptor)
    } catch {
      // It was the folder's own descriptor, closed after the list was read.
    }
  }
}
