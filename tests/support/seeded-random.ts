/** Numbers from 0 to 1, the same for the same seed. Linear congruential generator from Numerical Recipes. */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return state / 2 ** 32
  }
}
