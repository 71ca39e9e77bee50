/** Checks stored data and reports what is wrong with it. */
export { describeReport } from './describe.ts'
export { verifyAll, verifySymbol } from './verify.ts'
