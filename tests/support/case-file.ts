import { readFileSync } from 'node:fs'

/** The folder with the cases from the field, see its README. */
const CASES = new URL('../../../shared/cases/', import.meta.url)

/** A case from the field by its name: what is given, and what is right. */
export const caseFile = <Case>(name: string): Case =>
  JSON.parse(readFileSync(new URL(`${name}.json`, CASES), 'utf8')) as Case // written for these tests
