/** One step of the schema. Never changed once released: later changes are migrations of their own. */
export interface Migration {
  /** 1, 2, 3 ... without gaps. */
  readonly version: number
  readonly name: string
  readonly sqlite: string
  readonly postgres: string
}
