import type { ComponentType } from 'react'
import type { Option } from '#shell/table/types.ts'
import type { Finding } from './parts.ts'

/** A criterion to choose, as it reads. */
export interface CriterionOption {
  readonly id: string
  readonly text: string
  readonly marks: readonly string[]
  /** Its standard and number, and why it is offered. */
  readonly where: string
}

export interface CriterionControlProps {
  readonly value: string | null
  onChange(value: string | null): void
  readonly sector: string | undefined
  readonly description: string
  readonly on: string | undefined
  /** What it is judged by now, where it is looked at again. */
  readonly judged?: CriterionOption | undefined
}

export interface UnitControlProps {
  readonly id?: string | undefined
  readonly value: string | null
  onChange(value: string | null): void
}

export interface SectorControlProps {
  readonly id: string | undefined
  readonly value: string | undefined
  onChange(value: string | undefined): void
  readonly options: readonly Option[]
  /** The chosen unit's own sectors, offered first; a fire hazard in a factory still goes under 消防. */
  readonly unitSectors: readonly string[] | undefined
}

/**
 * The parts of a finding's forms that no generic field can express. The office and the phone each bring their own, so
 * that a form is declared once and the phone loads nothing of the office's.
 */
export interface FindingControls {
  readonly Criterion: ComponentType<CriterionControlProps>
  readonly Unit: ComponentType<UnitControlProps>
  readonly Sector: ComponentType<SectorControlProps>
  /** Where the matter will go, before it is sent. */
  readonly Route: ComponentType<{ readonly sector: string; readonly area: string }>
  /** Below the description: what this may be under the standards, and which known hazards it may be. */
  readonly Hints: ComponentType<{ readonly finding: Finding; readonly byUnit: boolean }>
}
