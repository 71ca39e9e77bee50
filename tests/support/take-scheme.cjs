/** Preloaded into Signal's main process to register its scheme first, so that it cannot serve its window. */
setImmediate(() => {
  if (process.type !== 'browser') return
  const { app, session } = require('electron')
  app.once('ready', () => {
    session.defaultSession.protocol.handle = () => {
      throw new Error('the scheme is taken')
    }
  })
})
