import { Button, Drawer, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import type { z } from 'zod'
import { useNarrow } from '../layout/narrow.ts'
import { ActionForm } from './ActionForm.tsx'
import type { ActionFormProps } from './types.ts'

export interface ActionButtonProps<I extends z.ZodType, O extends z.ZodType>
  extends Omit<ActionFormProps<I, O>, 'onCancel'> {
  readonly label?: string
  readonly primary?: boolean
  readonly icon?: ReactNode
  /** Why it cannot be done now; the button then stands disabled and says so. */
  readonly blocked?: string | undefined
  readonly width?: number
  /** Which record it is about, where the window would hide the page that says so. */
  readonly subject?: string | undefined
}

/** A button that opens the form of an action: a window on a desk, a full page on a phone. */
export function ActionButton<I extends z.ZodType, O extends z.ZodType>(props: ActionButtonProps<I, O>): ReactNode {
  const { contract, label, primary, icon, blocked, danger } = props
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        type={primary ? 'primary' : 'default'}
        danger={danger ?? false}
        icon={icon}
        disabled={blocked !== undefined}
        title={blocked}
        onClick={() => setOpen(true)}
      >
        {label ?? contract.title}
      </Button>
      <ActionWindow {...props} open={open} onClose={() => setOpen(false)} />
    </>
  )
}

interface WindowProps<I extends z.ZodType, O extends z.ZodType> extends ActionButtonProps<I, O> {
  readonly open: boolean
  onClose(): void
}

export function ActionWindow<I extends z.ZodType, O extends z.ZodType>({ open, onClose, ...props }: WindowProps<I, O>) {
  const narrow = useNarrow()
  const title = props.label ?? props.contract.title
  // Made anew at every opening: each opening is one action, with an id of its own.
  const form = open && (
    <>
      {props.subject && <p className="zb-subject">{props.subject}</p>}
      <ActionForm
        {...props}
        onCancel={onClose}
        onDone={(result) => {
          onClose()
          props.onDone?.(result)
        }}
      />
    </>
  )
  if (narrow) {
    return (
      <Drawer title={title} open={open} onClose={onClose} placement="bottom" size="92%" destroyOnHidden>
        {form}
      </Drawer>
    )
  }
  return (
    <Modal
      title={title}
      open={open}
      onCancel={onClose}
      footer={null}
      width={props.width ?? 620}
      destroyOnHidden
      mask={{ closable: false }}
    >
      {form}
    </Modal>
  )
}
