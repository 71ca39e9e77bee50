/** Looks through what is stored and says what is wrong with it. */
export { describeReport } from './describe.ts'
export { verifyAll, verifySymbol, type VerifierDeps } from './verify.ts'
