/** What every record has. `version` counts the actions carried out on it; clients name the version they saw. */
export interface RecordIdentity {
  readonly county: string
  readonly id: string
  readonly version: number
}
