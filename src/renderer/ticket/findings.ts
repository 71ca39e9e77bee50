import { Decimal } from 'decimal.js'
import { readAmount, type AmountKind } from '../ui/amount.ts'
import type { AmountField } from './ticket-form.ts'

/** Why a field's text was rejected, and texts that would be accepted. */
export interface FieldError {
  readonly sentence: string
  readonly instead: readonly string[]
}

/** Collects errors and notes while the fields are read. */
export class Findings {
  readonly errors: Partial<Record<AmountField | 'symbol', FieldError>> = {}
  readonly notes: Partial<Record<AmountField, string>> = {}

  /** The amount of a field; undefined if it is empty or was rejected. */
  amount(field: AmountField, text: string, kind: AmountKind): Decimal | undefined {
    const amount = readAmount(text, kind)
    if (amount.kind === 'refused') this.errors[field] = amount
    if (amount.kind !== 'read') return undefined
    if (amount.note !== undefined) this.notes[field] = amount.note
    return new Decimal(amount.value)
  }

  /** Why a field can't be read; the first reason stays. Answers the amount that there is none of. */
  refuse(field: AmountField | 'symbol', sentence: string): undefined {
    this.errors[field] ??= { sentence, instead: [] }
  }

  /** Adds to the notes of a field. */
  note(field: AmountField, text: string): void {
    this.notes[field] = [this.notes[field], text].filter(Boolean).join(' ')
  }
}
