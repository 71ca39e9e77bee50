import type { OrderProblem } from '#shared/trading/problem'
import { classNames } from '../ui/class-names.ts'
import type { Fix } from './fixes.ts'
import { FixButtons } from './fix-button.tsx'

const LOOKS: Record<OrderProblem['level'], string> = {
  refuse: 'text-bad',
  ask: 'text-warn',
  tell: 'text-soft',
}

/** The severity in words, in addition to color. */
const WORDS: Record<OrderProblem['level'], string> = {
  refuse: '',
  ask: 'Needs your yes: ',
  tell: '',
}

interface Props {
  readonly problem: OrderProblem
  readonly fixes: readonly Fix[]
}

/** One problem in words, with its one-key fixes. */
export function ProblemLine({ problem, fixes }: Props) {
  return (
    <span data-code={problem.code} className={classNames('block text-xs', LOOKS[problem.level])}>
      {WORDS[problem.level]}
      {problem.sentence}
      <FixButtons fixes={fixes} mends={problem} />
    </span>
  )
}
