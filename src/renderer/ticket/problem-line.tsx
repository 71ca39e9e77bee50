import type { OrderProblem } from '#shared/trading/problem'
import { classNames } from '../ui/class-names.ts'

const LOOKS: Record<OrderProblem['level'], string> = {
  refuse: 'text-bad',
  ask: 'text-warn',
  tell: 'text-soft',
}

/** The severity in words, in addition to color. */
const WORDS: Record<OrderProblem['level'], string> = {
  refuse: '',
  ask: 'Confirm: ',
  tell: '',
}

/** One problem in words. */
export function ProblemLine({ problem }: { readonly problem: OrderProblem }) {
  return (
    <span data-code={problem.code} className={classNames('block text-xs leading-4', LOOKS[problem.level])}>
      {WORDS[problem.level]}
      {problem.sentence}
    </span>
  )
}
