import { execFileSync } from 'node:child_process'

/** The ids of all processes that a process has started, directly or indirectly. */
export function childrenOf(pid: number): readonly number[] {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number))
  const found = [pid]
  for (const parent of found)
    found.push(...rows.flatMap(([id, of]) => (id !== undefined && of === parent ? [id] : [])))
  return found.slice(1)
}
