type CamelCase<S extends string> = S extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : S

/** An object with Alpaca's field names in camelCase: `limit_price` becomes `limitPrice`. */
export type CamelKeys<T> = { readonly [K in keyof T as K extends string ? CamelCase<K> : K]: T[K] }

/** Renames an answer's keys; the values stay the same. */
export function camelKeys<T extends object>(wire: T): CamelKeys<T> {
  const entries = Object.entries(wire).map(([key, value]) => [camelCase(key), value])
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made key by key from T, which fromEntries cannot say
  return Object.fromEntries(entries) as CamelKeys<T>
}

const camelCase = (key: string): string =>
  key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
