import type { ReactNode } from 'react'
import { ActionForm } from '#shell/form/ActionForm.tsx'
import { reportHazard } from '../../model/index.ts'
import { officeControls } from './office-controls.tsx'
import { useRegistration } from './use-registration.ts'

interface RegisterFormProps {
  readonly recordId: string
  onDone(): void
}

/** What was found where; the likeliest criteria and the likely twins stand below the text while it is typed. */
export function RegisterForm({ recordId, onDone }: RegisterFormProps): ReactNode {
  const registration = useRegistration(officeControls)
  return (
    <ActionForm
      {...registration}
      contract={reportHazard}
      recordId={recordId}
      doneText={(output) => `已登记，编号 ${output.number}`}
      onDone={onDone}
    />
  )
}
