import type { ReactNode } from 'react'

/** The first digits tell two contents apart on the telephone; the whole is there for comparing by machine. */
export const Checksum = ({ value }: { value: string }): ReactNode => <code title={value}>{value.slice(0, 12)}</code>
