import { Alert, Button, Form, Typography } from 'antd'
import { Fragment, type ReactNode, useState } from 'react'
import type { z } from 'zod'
import { useSession } from '../session/session.tsx'
import { KeepUploads } from '../upload/keeping.ts'
import { ReviewNotice } from './conflict/ReviewNotice.tsx'
import { type PutValues, useBasis } from './conflict/use-basis.ts'
import { FormField } from './FieldControl.tsx'
import { Background, DraftNotice, ProblemNotice } from './FormNotices.tsx'
import { mergeValues, namePath, visibleFields } from './paths.ts'
import type { ActionFormProps, FieldSpec, FormValues } from './types.ts'
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
  const change = (next: FormValues) => {
    setValues(next)
    props.onValues?.(next)
    draft.keep(next, basis.initial)
    markUnsent(true)
  }
  const put: PutValues = (changes) => {
    for (const [name, value] of changes) form.setFieldValue(namePath(name), value)
    if (changes.length > 0) change(form.getFieldsValue(true))
  }
  const basis = useBasis(props, { values: () => form.getFieldsValue(true), put })
  const { submit, problem, rest, busy } = useSubmit(props, form, basis, () => {
    draft.drop()
    markUnsent(false)
  })
  const shown = visibleFields(fields, values)
  const restore = () => {
    const merged = mergeValues(initial, draft.found?.values ?? {})
    form.setFieldsValue(merged)
    change(merged)
    if (draft.found?.begunOn) basis.bring(merged, draft.found.begunOn)
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
      {basis.review && (
        <ReviewNotice review={basis.review} values={values} onChoose={(name, value) => put([[name, value]])} />
      )}
      <ProblemNotice problem={problem} rest={rest} onRetry={form.submit} />
      <Background lines={props.background} />
      {props.children}
      <KeepUploads value={key}>
        <Fields shown={shown} onPending={setPending} />
      </KeepUploads>
      <FormFoot {...props} busy={busy} pending={pending} reviewing={basis.review?.loading === true} />
    </Form>
  )
}

function Fields({ shown, onPending }: { shown: readonly FieldSpec[]; onPending(count: number): void }): ReactNode {
  return shown.map((field, at) => (
    <Fragment key={field.name}>
      {field.section && field.section !== shown[at - 1]?.section && (
        <Typography.Title level={5} style={{ marginTop: at === 0 ? 0 : 8 }}>
          {field.section}
        </Typography.Title>
      )}
      <FormField field={field} onPending={onPending} />
    </Fragment>
  ))
}

interface FootProps
  extends Pick<ActionFormProps<z.ZodType, z.ZodType>, 'contract' | 'danger' | 'submitLabel' | 'gone' | 'onCancel'> {
  readonly busy: boolean
  readonly pending: number
  readonly reviewing: boolean
}

/** Sends the form, or says why it cannot be sent. */
function FormFoot({ contract, danger, submitLabel, gone, onCancel, busy, pending, reviewing }: FootProps): ReactNode {
  const label = pending > 0 ? `等待${pending}个文件上传` : (submitLabel ?? contract.title)
  const disabled = pending > 0 || reviewing || gone !== undefined
  return (
    <>
      {gone && <Alert type="warning" role="alert" title={`现在不能提交：${gone}`} description={goneWords} />}
      <div className="zb-form-actions">
        <Button type="primary" danger={danger ?? false} htmlType="submit" loading={busy} disabled={disabled}>
          {label}
        </Button>
        {onCancel && <Button onClick={onCancel}>取消</Button>}
      </div>
    </>
  )
}

const goneWords = '您填写的内容还在上面，可以复制；这一事项又能办理时，打开后可恢复草稿'
