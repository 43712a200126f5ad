import { Link, useNavigate } from '@tanstack/react-router'
import { Alert, Button, Card, Select, Skeleton } from 'antd'
import { type ReactNode, useState } from 'react'
import { listSectors } from '#capabilities/directory/model/index.ts'
import { mintId } from '#shell/api/client.ts'
import { useAsk } from '#shell/api/queries.ts'
import { ActionForm } from '#shell/form/ActionForm.tsx'
import type { FormValues } from '#shell/form/types.ts'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useToday } from '#shell/session/session.tsx'
import { useListSearch } from '#shell/table/list-search.ts'
import { listStandards, publishStandard, type StandardView } from '../../model/index.ts'
import { forceDays } from '../marks.tsx'
import { FileReader, type ReadFile } from './FileReader.tsx'
import { reasonField, trustFields, wordFields } from './fields.ts'

/** 发布判定标准: which edition it follows, its items with what they change, and what it is. */
export default function PublishPage(): ReactNode {
  const [search, setSearch] = useListSearch()
  const answer = useAsk(listStandards, {})
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active />
  const from = [search.from].flat().filter((code) => typeof code === 'string')
  const older = from.flatMap((code) => answer.data.rows.filter((row) => row.id === code))
  return (
    <>
      <PageHeader title={older[0] ? '发布新版本' : '发布判定标准'} words={<Link to="/criteria">判定标准库</Link>} />
      <Card size="small" title="替代哪部标准" style={{ marginBottom: 12 }}>
        <Select
          mode="multiple"
          aria-label="替代哪部标准"
          value={older.map(({ id }) => id)}
          placeholder="全新的标准不选"
          style={{ width: '100%' }}
          showSearch={{ optionFilterProp: 'label' }}
          options={answer.data.rows.map((row) => ({ value: row.id, label: `${row.title}（${row.documentNo}）` }))}
          onChange={(codes) => setSearch(codes.length > 0 ? { from: codes } : {})}
        />
        {older.map((row) => (
          <p key={row.id} style={{ margin: '8px 0 0' }}>
            《{row.title}》{forceDays(row)}。新版本施行之日起不再适用；此前发现的隐患仍按它判定，已作的判定不变。
          </p>
        ))}
      </Card>
      {/* Made anew when another edition is chosen, or somebody has changed it: nothing is sent whose effect was not looked at. */}
      <Reading key={older.map(({ id, version }) => `${id}:${version}`).join()} older={older} />
    </>
  )
}

function Reading({ older }: { older: readonly StandardView[] }): ReactNode {
  const [file, setFile] = useState<ReadFile>()
  const [bare, setBare] = useState(false)
  return (
    <>
      <FileReader
        against={older.map(({ id }) => id)}
        onRead={(read) => {
          setFile(read)
          if (read) setBare(false)
        }}
      />
      {!file && !bare && <Bare older={older} onChoose={() => setBare(true)} />}
      {(file || bare) && <Publish key={file?.uploadId ?? 'bare'} older={older} file={file} />}
    </>
  )
}

/** The way without a file: the document is announced before its text is at hand. */
function Bare({ older, onChoose }: { older: readonly StandardView[]; onChoose(): void }): ReactNode {
  return (
    <p>
      手头还没有条文的，可以先
      <Button type="link" style={{ paddingInline: 4 }} onClick={onChoose}>
        只登记目录
      </Button>
      ，以后再录入条文。
      {older.some(({ itemised }) => itemised) && '录入之前，新版本施行后发现的隐患没有条文可选，判定须写明理由。'}
    </p>
  )
}

function startingWith(older: readonly StandardView[], file: ReadFile | undefined): FormValues {
  const own = file?.preview.facts
  if (own) return own
  const [before] = older
  if (!before) return { crossCutting: false, verified: false }
  const { title, issuer, sectors, crossCutting, appliesTo } = before
  return { title, issuer, sectors, crossCutting, appliesTo: appliesTo ?? '', verified: false }
}

function Publish({ older, file }: { older: readonly StandardView[]; file: ReadFile | undefined }): ReactNode {
  const navigate = useNavigate()
  const today = useToday()
  const sectors = useAsk(listSectors, {}, { staleTime: 600_000 })
  const [recordId] = useState(mintId)
  const initial = startingWith(older, file)
  const [typed, setTyped] = useState<FormValues>(initial)
  const [first, ...rest] = wordFields(sectors.data?.sectors.map(({ id, name }) => ({ value: id, label: name })) ?? [])
  if (!first) return null
  const past = typeof typed.effectiveFrom === 'string' && typed.effectiveFrom <= today
  const effectiveFrom = {
    kind: 'day',
    name: 'effectiveFrom',
    label: '施行日期',
    required: true,
    section: '标准',
    help: '可以是以后的日期，施行前可以撤回；也可以是过去的日期',
  } as const
  const reading = file && { uploadId: file.uploadId, mapping: file.preview.mapping }
  return (
    <Card size="small" title="标准信息">
      <ActionForm
        contract={publishStandard}
        recordId={recordId}
        about={older.map(({ id }) => id).join()}
        initial={initial}
        onValues={setTyped}
        fixed={{ supersedes: older.map(({ id, version }) => ({ code: id, version })), ...reading }}
        fields={[
          first,
          effectiveFrom,
          ...rest,
          ...trustFields,
          reasonField('例如：国家新标准公布，县安委办组织核对后发布'),
        ]}
        submitLabel={file ? `发布（${file.preview.total}条）` : '发布（只登记目录）'}
        doneText="已发布，判定和检索即时生效"
        onDone={({ output }) => void navigate({ to: `/criteria/${output.code}` as string })}
      >
        {past && (
          <Alert
            type="info"
            showIcon
            style={{ marginBottom: 12 }}
            title={`施行日期已到：${String(typed.effectiveFrom)} 起发现的隐患，从现在起按本标准判定；已经作出的判定不变，需要改判的请逐条办理“重新判定”`}
          />
        )}
      </ActionForm>
    </Card>
  )
}
