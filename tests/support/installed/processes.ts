import { closeSync, openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** The mount namespace of a process; undefined if it has ended. */
export const namespaceOf = (pid: number | 'self'): string | undefined =>
  orIfEnded(() => readlinkSync(`/proc/${pid}/ns/mnt`))

/**
 * Keeps the mount namespace of a process, so that the system gives its name to no other one after all in it have ended. Returns
 * what lets it go.
 */
export function holdNamespace(pid: number): () => void {
  const descriptor = orIfEnded(() => openSync(`/proc/${pid}/ns/mnt`, 'r'))
  return () => {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

/** The ids of the processes of a mount namespace, which is how those of one start of an app are told from all others. */
export const processesIn = (namespace: string): readonly number[] =>
  readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && namespaceOf(pid) === namespace && commandOf(pid) !== '')

/** The program and arguments of a process, separated by spaces; empty for one that has ended. */
export const commandOf = (pid: number): string =>
  orIfEnded(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()) ?? ''

/** A field of /proc/PID/status, such as `Seccomp`. Source: proc(5). */
export const statusOf = (pid: number, field: string): string | undefined =>
  orIfEnded(() => readFileSync(`/proc/${pid}/status`, 'utf8'))
    ?.split('\n')
    .find((line) => line.startsWith(`${field}:`))
    ?.slice(field.length + 1)
    .trim()

/** What a process takes of the memory, bytes: what it shares counts by its part. */
export const memoryOf = (pid: number): number =>
  1024 *
  Number(
    /^Pss: +(\d+) kB$/m.exec(orIfEnded(() => readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? '')?.[1] ??
      0,
  )

/** The TCP ports on which these processes wait for somebody, in order. */
export function portsOf(pids: readonly number[]): readonly number[] {
  const own = new Set(pids.flatMap(socketsOf))
  return ['/proc/net/tcp', '/proc/net/tcp6']
    .flatMap((table) => readFileSync(table, 'utf8').trim().split('\n').slice(1))
    .flatMap((row) => {
      const [, local = '', , state, , , , , , inode = ''] = row.trim().split(/\s+/)
      return state === LISTENING && own.has(inode) ? [Number.parseInt(local.split(':')[1] ?? '', 16)] : []
    })
    .sort((one, other) => one - other)
}

/** In /proc/net/tcp. Source: Linux, include/net/tcp_states.h. */
const LISTENING = '0A'

const socketsOf = (pid: number): readonly string[] =>
  (orIfEnded(() => readdirSync(`/proc/${pid}/fd`)) ?? []).flatMap(
    (descriptor) =>
      /^socket:\[(\d+)\]$/.exec(orIfEnded(() => readlinkSync(`/proc/${pid}/fd/${descriptor}`)) ?? '')?.[1] ??
      [],
  )

/** The answer, unless the process has ended meanwhile. */
function orIfEnded<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
