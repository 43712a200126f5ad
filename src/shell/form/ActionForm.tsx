import { Button, Form, Typography } from 'antd'
import { Fragment, type ReactNode, useState } from 'react'
import type { z } from 'zod'
import { useSession } from '../session/session.tsx'
import { KeepUploads } from '../upload/keeping.ts'
import { FormField } from './FieldControl.tsx'
import { Background, DraftNotice, ProblemNotice } from './FormNotices.tsx'
import { mergeValues, visibleFields } from './paths.ts'
import type { ActionFormProps, FormValues } from './types.ts'
import { draftKey, useDraft } from './use-draft.ts'
import { useLeaveWarning } from './use-leave-warning.ts'
import { useSubmit } from './use-submit.ts'

/**
 * A form for one action contract. The contract checks what is typed before it is sent, the server's word comes back at
 * the field it is about, the same opening sends the same action id, and what was typed survives until it is accepted.
 */
export function ActionForm<I extends z.ZodType, O extends z.ZodType>(props: ActionFormProps<I, O>): ReactNode {
  const { contract, fields, initial = {} } = props
  const [form] = Form.useForm()
  const { accountId } = useSession()
  const key = draftKey(accountId, contract, props.recordId, props.about)
  const draft = useDraft(key)
  const [values, setValues] = useState<FormValues>(initial)
  const [pending, setPending] = useState(0)
  const markUnsent = useLeaveWarning()
  const { submit, problem, rest, busy } = useSubmit(props, form, () => {
    draft.drop()
    markUnsent(false)
  })
  const shown = visibleFields(fields, values)
  const change = (next: FormValues) => {
    setValues(next)
    props.onValues?.(next)
    draft.keep(next)
    markUnsent(true)
  }
  const restore = () => {
    const merged = mergeValues(initial, draft.found?.values ?? {})
    form.setFieldsValue(merged)
    change(merged)
  }
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={initial}
      disabled={busy}
      scrollToFirstError
      onValuesChange={() => change(form.getFieldsValue(true))}
      onFinish={() => submit(shown, form.getFieldsValue(true))}
    >
      {draft.found && <DraftNotice at={draft.found.at} onRestore={restore} onDrop={draft.drop} />}
      <ProblemNotice problem={problem} rest={rest} onRetry={form.submit} />
      <Background lines={props.background} />
      {props.children}
      {shown.map((field, at) => (
        <Fragment key={field.name}>
          {field.section && field.section !== shown[at - 1]?.section && (
            <Typography.Title level={5} style={{ marginTop: at === 0 ? 0 : 8 }}>
              {field.section}
            </Typography.Title>
          )}
          <KeepUploads value={key}>
            <FormField field={field} onPending={setPending} />
          </KeepUploads>
        </Fragment>
      ))}
      <div className="zb-form-actions">
        <Button type="primary" danger={props.danger ?? false} htmlType="submit" loading={busy} disabled={pending > 0}>
          {pending > 0 ? `等待${pending}个文件上传` : (props.submitLabel ?? contract.title)}
        </Button>
        {props.onCancel && <Button onClick={props.onCancel}>取消</Button>}
      </div>
    </Form>
  )
}
