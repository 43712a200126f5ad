import { Button, Input, Space } from 'antd'
import { type ReactNode, useId, useState } from 'react'
import type { ApiProblem } from '../../api/problem.ts'

interface NameFieldProps {
  readonly label: string
  readonly action: string
  readonly initial?: string
  readonly disabled?: boolean
  /** Answers the refusal, if it was refused. */
  onName(name: string): Promise<ApiProblem | undefined>
  onCancel?(): void
}

/** A name and the button that uses it; a name that was refused stays, with the reason below it. */
export function NameField({ label, action, initial = '', disabled = false, onName, onCancel }: NameFieldProps) {
  const [name, setName] = useState(initial)
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string>()
  const explanation = useId()
  const use = async () => {
    if (name.trim() === '') return setWrong('请填写名称')
    setBusy(true)
    const refused = await onName(name.trim())
    setBusy(false)
    setWrong(refused?.detail)
    if (!refused) setName('')
  }
  return (
    <div className="zb-saved-field">
      <Space.Compact block>
        <Input
          value={name}
          maxLength={20}
          placeholder="给现在的条件、排序和列起名"
          aria-label={label}
          aria-describedby={wrong ? explanation : undefined}
          disabled={disabled}
          // What is typed while a name is on its way would go with it.
          readOnly={busy}
          {...(wrong ? { status: 'error' as const } : {})}
          onChange={(event) => setName(event.target.value)}
          onPressEnter={() => void use()}
        />
        <Button disabled={disabled} loading={busy} onClick={() => void use()}>
          {action}
        </Button>
        {onCancel && <Button onClick={onCancel}>取消</Button>}
      </Space.Compact>
      {wrong && <Wrong id={explanation}>{wrong}</Wrong>}
    </div>
  )
}

function Wrong({ id, children }: { id: string; children: string }): ReactNode {
  return (
    <p id={id} role="alert" className="zb-saved-wrong">
      {children}
    </p>
  )
}
