/** An object type without undefined in its fields. */
export type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> }

/**
 * The same object without its undefined fields. A schema gives `field: undefined` where our types, under
 * exactOptionalPropertyTypes, allow only an absent field.
 */
export const defined = <T extends object>(fields: T): Defined<T> =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is left out is exactly what was undefined
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>
