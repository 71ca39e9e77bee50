/**
 * The app around the parts: windows and their content, guards, menu, notifications, child processes,
 * quitting.
 */
export { registerScheme, serveContent } from './content.ts'
export { crashNotices, restartOnCrash } from './crash.ts'
export { ignoreDebuggerSignal, refuseSwitches } from './debugging-doors.ts'
export { systemEncryption } from './encryption.ts'
export { endFailedStart, refuseStart } from './failed-start.ts'
export { blockNameLookups, guardContents } from './guards.ts'
export { appHandlers, chooseFile } from './handlers.ts'
export { installMenu } from './menu.ts'
export { followNetwork } from './network.ts'
export { notifyOf, notifyOfLoad, notifyOfOrder } from './notifications.ts'
export { closeBeforeQuit } from './quit.ts'
export { becomeOnlyInstance, endSecondStart, followSecondStarts } from './second-start.ts'
export { serveWindows, windowEmitter } from './serve-windows.ts'
export { currentConcerns } from './running-runtime.ts'
export { isCiBuild, storageFork } from './storage-process.ts'
export { placeUserData } from './user-data.ts'
export { forkUtility } from './utility-process.ts'
export { Windows } from './windows.ts'
