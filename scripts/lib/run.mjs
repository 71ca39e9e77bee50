import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'

/**
 * Runs a command to its end and returns its output; if it fails, throws with its output.
 * @param {string} command @param {readonly string[]} args @param {import('node:child_process').SpawnSyncOptions} [options]
 */
export function output(command, args, options) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    maxBuffer: 1 << 28,
    ...options,
    encoding: 'utf8',
  })
  if (error) throw error
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${String(stderr).trim()}`)
  return String(stdout)
}

/**
 * Runs a command in the foreground: it shares our output, except for noise on its stderr, gets our signals,
 * and its exit code is ours.
 * @param {string} command @param {readonly string[]} args @param {NodeJS.ProcessEnv} [env]
 * @param {(line: string) => boolean} [isNoise]
 * @returns {Promise<number>} the exit code
 */
export function foreground(command, args, env = process.env, isNoise) {
  const child = spawn(command, args, { stdio: ['inherit', 'inherit', isNoise ? 'pipe' : 'inherit'], env })
  if (isNoise && child.stderr)
    createInterface({ input: child.stderr }).on('line', (line) => isNoise(line) || say(line))
  /** @param {NodeJS.Signals} signal */
  const forward = (signal) => void child.kill(signal)
  process.on('SIGINT', forward).on('SIGTERM', forward)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      process.off('SIGINT', forward).off('SIGTERM', forward)
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1))
    })
  })
}

/** Prints a line for the user, separate from a script's output for other programs. @param {string} line */
export const say = (line) => void process.stderr.write(`${line}\n`)
