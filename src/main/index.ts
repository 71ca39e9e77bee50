import { join } from 'node:path'
import { app, nativeTheme, net, powerMonitor, session, shell } from 'electron'
import {
  appHandlers,
  becomeOnlyInstance,
  blockNameLookups,
  chooseFile,
  closeBeforeQuit,
  crashNotices,
  currentConcerns,
  endFailedStart,
  endSecondStart,
  followNetwork,
  followSecondStarts,
  forkUtility,
  guardContents,
  ignoreDebuggerSignal,
  isCiBuild,
  installMenu,
  notifyOf,
  notifyOfLoad,
  notifyOfOrder,
  placeUserData,
  refuseStart,
  refuseSwitches,
  registerScheme,
  restartOnCrash,
  serveContent,
  serveWindows,
  storageFork,
  systemEncryption,
  windowEmitter,
  Windows,
} from './app/index.ts'
import { ModeStorage } from './storage-client/index.ts'
import { DEMO_MARKET_NODE_FLAGS, openSafetyFile, SessionManager } from './account-session/index.ts'
import { APP_ID } from '#shared/app-id'
import { systemClock as clock } from '#process/clock'
import { createLog, type Log } from '#process/log'
import { keepFilesPrivate } from '#process/private-files'
import { watchEventLoop } from './monitor/index.ts'
import {
  childEnvironment,
  defaultDataFolder,
  demoAddressIn,
  lastVersion,
  openSettings,
  readSystemEnvironment,
  settingsHandlers,
  systemEnvironment,
  takeOverData,
  whyDataTooNew,
  type DataFolder,
} from './settings/index.ts'
import { readReleaseSource, Updates } from './updates/index.ts'

const refusedSwitches = refuseSwitches()
ignoreDebuggerSignal()
app.setName(APP_ID) // before anything asks for a folder
app.setAppUserModelId(APP_ID) // Windows shows notifications of an app that it knows by its id
const environment = readSystemEnvironment()
const folder: DataFolder =
  environment.dataDir === undefined
    ? defaultDataFolder(app.getPath('appData'))
    : { dataDir: environment.dataDir, notices: [] }
const { dataDir } = folder
keepFilesPrivate()
const isDataKept = placeUserData(dataDir)
registerScheme()
blockNameLookups()

const logFile = join(dataDir, 'logs', 'signal.log')
const version = app.getVersion()

/** Builds the parts in order, each with its dependencies. */
async function start(log: Log): Promise<void> {
  const ofVersion = takeOverData({ dataDir, version, clock, log })
  await app.whenReady()
  const encryption = systemEncryption()
  const concerns = () => currentConcerns(clock.now())
  log.info(
    {
      version,
      electron: process.versions.electron,
      dataDir,
      keyring: encryption.available,
      concerns: concerns().map(({ code }) => code),
      pid: process.pid,
    },
    'Signal starts',
  )
  const crashFile = join(dataDir, 'crash.json')
  restartOnCrash({ file: crashFile, clock, log })

  const store = openSettings({
    dataDir,
    environment: systemEnvironment,
    signal: { ...environment, warnings: [...startWarnings(), ...environment.warnings] },
    notices: [...folder.notices, ...ofVersion, ...crashNotices(crashFile, log)],
    encryption,
    clock,
    log,
  })
  const { demoSeed, demoRate } = environment
  const childEnv = childEnvironment(systemEnvironment)
  const modeStorage = new ModeStorage({
    fork: storageFork(join(__dirname, 'storage.cjs'), app.getAppPath(), childEnv),
    dataDir,
    databaseUrl: () => store.databaseUrl(),
    databaseUrlOf: (choice) => store.databaseUrlOf(choice),
    logFile: join(dataDir, 'logs', 'storage.log'),
    logLevel: environment.logLevel,
    emit: {
      ...windowEmitter,
      database: {
        ...windowEmitter.database,
        changed: (status) => {
          windowEmitter.database.changed(status)
          sessions.databaseChanged(status)
        },
      },
    },
    assets: () => sessions.assets(),
    onLoadEnded: (progress) => {
      if (store.current().notifications) notifyOfLoad(progress)
    },
    chooseFile,
    clock,
    log,
  })
  const sessions: SessionManager = new SessionManager({
    store,
    modeStorage,
    forkDemoMarket: forkUtility({
      entry: join(__dirname, 'demo-market.cjs'),
      serviceName: 'Signal demo market',
      env: childEnv,
      v8Flags: DEMO_MARKET_NODE_FLAGS,
    }),
    demoOptions: {
      ...(isDataKept && { accountFile: join(dataDir, 'demo-account.jsonl') }),
      ...(demoSeed !== undefined && { seed: demoSeed }),
      ...(demoRate !== undefined && { rate: demoRate }),
    },
    safetyOf: (mode) => openSafetyFile({ dataDir, mode, clock }),
    concerns,
    demoAddress: demoAddressIn(systemEnvironment),
    emit: windowEmitter,
    onAnomaly: (anomaly) => {
      if (store.current().notifications) notifyOf(anomaly)
    },
    onOrderNotice: (notice) => {
      if (store.current().orderNotifications) notifyOfOrder(notice)
    },
    loopDelay: watchEventLoop(),
    clock,
    log,
  })

  const updates = new Updates({
    source: readReleaseSource({ folder: app.getAppPath(), isPackaged: app.isPackaged }, log),
    file: join(dataDir, 'update-notice.json'),
    isWanted: () => store.current().updateNotices,
    openPage: (address) => shell.openExternal(address),
    emit: windowEmitter,
    clock,
    log,
  })

  serveContent(session.defaultSession, join(__dirname, '..', 'renderer'))
  guardContents(session.defaultSession, log)
  installMenu()
  serveWindows(
    {
      app: appHandlers({
        dataDir,
        logFile,
        concerns,
        openTicket: (start) => windows.openTicket(start),
        passToTicket: (start) => windows.passToTicket(start),
      }),
      settings: settingsHandlers(store),
      ...sessions.handlers,
      ...modeStorage.handlers,
      ...updates.handlers,
    },
    log,
  )
  store.onChange((view) => windowEmitter.settings.changed(view))

  const windows = new Windows({
    preload: join(__dirname, '..', 'preload', 'index.cjs'),
    dataDir,
    dark: () => isDark(store.current().theme),
    clock,
    log,
    onVisible: (visible) => {
      sessions.setVisible(visible)
      if (visible) updates.start()
    },
  })
  followSecondStarts(version, (notice) => {
    windows.focus()
    if (notice !== undefined) windowEmitter.app.notice(notice)
  })
  powerMonitor.on('resume', () => sessions.refresh('the computer woke'))
  powerMonitor.on('suspend', () => sessions.disarm())
  powerMonitor.on('lock-screen', () => sessions.disarm())
  followNetwork(
    () => net.isOnline(),
    () => sessions.refresh('the network came back'),
    clock,
  )
  app.on('window-all-closed', () => app.quit())
  closeBeforeQuit(async () => {
    updates.stop()
    await sessions.close()
    modeStorage.stop()
  }, clock)
}

/** What to tell about how this Signal was packaged and started. */
const startWarnings = (): readonly string[] => [
  ...(isCiBuild() ? ['This is a CI build of Signal, for tests alone. Install a release to trade.'] : []),
  ...refusedSwitches,
]

const isDark = (theme: 'system' | 'light' | 'dark') =>
  theme === 'dark' || (theme === 'system' && nativeTheme.shouldUseDarkColors)

if (becomeOnlyInstance(version)) {
  const log = createLog(logFile, environment.logLevel)
  const tooNew = whyDataTooNew(dataDir, version)
  if (tooNew === undefined) start(log).catch((cause: unknown) => endFailedStart(cause, log, logFile))
  else void refuseStart(tooNew, log)
} else {
  endSecondStart(version, lastVersion(dataDir))
}
