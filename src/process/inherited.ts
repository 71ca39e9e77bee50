import { closeSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** Standard streams, and the channel to the parent, which Node gives the first number after them. */
const OWN = 3
/** Source: open(2), Linux: O_CLOEXEC. All that Node and SQLite open themselves carries it. */
const CLOSE_ON_EXEC = 0o2000000

/**
 * Closes the sockets that a process forked by Node got from its parent unasked. Chromium's are held by every child of
 * Node's then: were the storage process to keep its window's socket, main would never hear that the window crashed.
 * (Children that Electron forks get nothing.) Files are left alone: held, they harm nobody. Linux only, where alone
 * Signal forks so.
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
      // It was the folder's own descriptor, closed when the list was read.
    }
  }
}
