/** One step of the schema. Never changed once released: what comes later is a migration of its own. */
export interface Migration {
  /** 1, 2, 3 ... without a hole. */
  readonly version: number
  readonly name: string
  readonly sqlite: string
  readonly postgres: string
}
