export { runDemoMarket } from './demo-process.ts'
export { Desk, type DeskParts } from './account-session.ts'
export { Desks } from './session-manager.ts'
