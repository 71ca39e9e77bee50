import { spawn } from 'node:child_process'

/** A demo market in its own process, as a real load would use it. */
export async function startDemoProcess(): Promise<{
  readonly environment: Readonly<Record<string, string>>
  readonly stop: () => void
}> {
  const entry = new URL('../../src/demo-market/cli.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [entry, '--rate', '1'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const environment: Record<string, string> = {}
  let output = ''
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error('the demo market ended before it began')))
    child.stdout.on('data', (text) => {
      output += String(text)
      for (const [, name = '', value = ''] of output.matchAll(/^export (\w+)=(\S+)$/gm))
        environment[name] = value
      if (environment['ALPACA_WS_URL'] !== undefined) resolve()
    })
  })
  child.removeAllListeners('exit')
  return { environment, stop: () => void child.kill() }
}
