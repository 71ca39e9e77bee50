/** Preloaded into Signal's main process: its scheme is taken already, so that it cannot serve its window. */
setImmediate(() => {
  if (process.type !== 'browser') return
  const { app, session } = require('electron')
  app.once('ready', () => {
    session.defaultSession.protocol.handle = () => {
      throw new Error('the scheme is taken')
    }
  })
})
