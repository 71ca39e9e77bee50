import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Starts quote-server.ts and returns its address. */
export async function startQuoteServer(
  ...args: readonly number[]
): Promise<{ url: string; stop: () => void }> {
  const entry = fileURLToPath(new URL('./quote-server.ts', import.meta.url))
  const child: ChildProcess = fork(entry, args.map(String))
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  return { url: `ws://127.0.0.1:${port}`, stop: () => void child.kill() }
}
