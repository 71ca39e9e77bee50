import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Whether a small disk can be made here: that takes root, and a kernel that allows it. */
export const canMount = process.platform === 'linux' && process.getuid?.() === 0 && mounts()

function mounts(): boolean {
  const place = mkdtempSync(join(tmpdir(), 'signal-mount-'))
  const works = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', place]).status === 0
  if (works) spawnSync('umount', [place])
  rmSync(place, { recursive: true })
  return works
}

/** Calls `mount` with these arguments, such as `-t tmpfs -o size=3m tmpfs FOLDER`; throws if it fails. */
export function mount(...args: string[]): void {
  const { status, stderr } = spawnSync('mount', args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`mount ${args.join(' ')}: ${stderr}`)
}

/** Takes a mounted disk away, if there is one. */
export function unmount(folder: string): void {
  if (canMount) spawnSync('umount', ['-l', folder])
}
