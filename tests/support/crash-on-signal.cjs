/** Preloaded into Signal's main process: SIGUSR2 makes it throw where nobody catches. */
process.on('SIGUSR2', () => {
  if (process.type !== 'browser') return
  throw new Error('an exception that nobody caught')
})
