export { runDemoMarket } from './demo-process.ts'
export { Desk, type DeskParts } from './desk.ts'
export { Desks } from './desks.ts'
