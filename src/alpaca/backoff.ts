/** How long to wait after that many failed tries: twice as long each time. */
export const doubled = (firstMs: number, triesBefore: number): number => firstMs * 2 ** triesBefore
