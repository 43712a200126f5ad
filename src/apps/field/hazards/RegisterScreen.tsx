import type { ReactNode } from 'react'
import { reportHazard } from '#capabilities/hazard/model/index.ts'
import { useRegistration } from '#capabilities/hazard/web/register/use-registration.ts'
import { useNewRecordId } from '#shell/form/use-draft.ts'
import { ActionForm } from '#shell/phone/ActionForm.tsx'
import { navigate } from '#shell/phone/router.tsx'
import { phoneControls } from './finding-controls.tsx'

/** 登记隐患 on the phone: the unit's own finding, or an inspector's with its judging. */
export function RegisterScreen(): ReactNode {
  const recordId = useNewRecordId(reportHazard)
  const registration = useRegistration(phoneControls)
  return (
    <ActionForm
      {...registration}
      contract={reportHazard}
      recordId={recordId}
      doneText={(output) => `已登记，编号 ${output.number}`}
      onDone={() => navigate(`/hazards/${recordId}?registered`, true)}
    />
  )
}
