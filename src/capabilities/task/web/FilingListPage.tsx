import type { ReactNode } from 'react'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useCan } from '#shell/session/session.tsx'
import { filingExport, filingList } from '../model/index.ts'
import { StandingsCard } from './StandingsCard.tsx'
import { TaskTable } from './TaskTable.tsx'

/** 备案: which papers each body has to file, with their receipts, and who has not filed. */
export default function FilingListPage(): ReactNode {
  const mayIssue = useCan('task.issue')
  return (
    <>
      <PageHeader title="备案" words="子方案、责任清单、年度任务清单等：报送盖章件，县安委办审核后登记备案号。" />
      {mayIssue && <StandingsCard kind="filing" />}
      <TaskTable
        kind="filing"
        list={filingList}
        exporting={filingExport}
        empty={{ why: '没有您可以看到的备案事项', next: '备案事项由县安委办按方案下达' }}
      />
    </>
  )
}
