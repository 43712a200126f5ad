import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input, InputNumber, Select, Switch } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { AttachmentField } from '../upload/AttachmentField.tsx'
import { AreaInput, DayInput, MoneyInput, PositionInput, RadioInput } from './inputs.tsx'
import { namePath } from './paths.ts'
import type { CustomControl, FieldOption, FieldSpec } from './types.ts'

interface ControlProps {
  readonly field: FieldSpec
  onPending?(count: number): void
}

/** One field with its label, help and place for the server's word about it. */
export function FormField({
  field,
  prefix = [],
  onPending,
}: ControlProps & { prefix?: (string | number)[] }): ReactNode {
  if (field.kind === 'list') return <ListField field={field} />
  return (
    <Form.Item
      name={[...prefix, ...namePath(field.name)]}
      label={field.label}
      required={field.required ?? false}
      {...(field.help ? { extra: field.help } : {})}
      {...(field.kind === 'switch' ? { valuePropName: 'checked' } : {})}
    >
      {controlOf(field, onPending)}
    </Form.Item>
  )
}

const choices = (options: readonly FieldOption[]) => options.map(({ value, label }) => ({ value, label }))

/** The control a field is typed in; antd's Form.Item hands it id, value and onChange. */
function controlOf(field: Exclude<FieldSpec, { kind: 'list' }>, onPending?: (count: number) => void): ReactElement {
  const { placeholder } = field
  const hint = placeholder ? { placeholder } : {}
  switch (field.kind) {
    case 'text':
      return <Input {...hint} autoComplete="off" />
    case 'area':
      return <AreaInput {...hint} rows={field.rows ?? 3} max={field.max} phrases={field.phrases} />
    case 'number':
      return <InputNumber {...hint} {...(field.unit ? { suffix: field.unit } : {})} style={{ width: '100%' }} />
    case 'money':
      return <MoneyInput />
    case 'day':
      return <DayInput min={field.min} max={field.max} placeholder={placeholder} />
    case 'select':
      return (
        <Select
          placeholder={placeholder ?? '请选择'}
          options={choices(field.options)}
          showSearch={{ optionFilterProp: 'label' }}
          allowClear={!field.required}
        />
      )
    case 'multi':
      return (
        <Select {...hint} mode="multiple" options={choices(field.options)} showSearch={{ optionFilterProp: 'label' }} />
      )
    case 'radio':
      return <RadioInput options={field.options} />
    case 'words':
      return <Select {...hint} mode="tags" open={false} suffixIcon={null} tokenSeparators={['、', '，', ',', ' ']} />
    case 'switch':
      return <Switch />
    case 'position':
      return <PositionInput />
    case 'attachments':
      return <AttachmentField {...attachmentRules(field)} {...(onPending ? { onPending } : {})} />
    case 'custom':
      return <Custom render={field.render} />
  }
}

const attachmentRules = (field: Extract<FieldSpec, { kind: 'attachments' }>) => ({
  ...(field.purposes ? { purposes: field.purposes } : {}),
  ...(field.max ? { maxFiles: field.max } : {}),
  ...(field.accept ? { accept: field.accept } : {}),
  ...(field.captioned === undefined ? {} : { captioned: field.captioned }),
})

function Custom({ render, ...control }: CustomControl & { render(control: CustomControl): ReactNode }): ReactNode {
  return render(control)
}

function ListField({ field }: { field: Extract<FieldSpec, { kind: 'list' }> }): ReactNode {
  return (
    <Form.Item label={field.label} required={field.required ?? false} {...(field.help ? { extra: field.help } : {})}>
      <Form.List name={namePath(field.name)}>
        {(rows, { add, remove }, { errors }) => (
          <>
            {rows.map((row) => (
              <div key={row.key} className="zb-form-row">
                <div style={{ flex: 1, minWidth: 0 }}>
                  {field.fields.map((inner) => (
                    <FormField key={inner.name} field={inner} prefix={[row.name]} />
                  ))}
                </div>
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={`删除第${row.name + 1}条${field.label}`}
                  onClick={() => remove(row.name)}
                />
              </div>
            ))}
            <Button icon={<PlusOutlined />} onClick={() => add(field.newRow ? { ...field.newRow } : {})}>
              {field.addLabel}
            </Button>
            <Form.ErrorList errors={errors} />
          </>
        )}
      </Form.List>
    </Form.Item>
  )
}
