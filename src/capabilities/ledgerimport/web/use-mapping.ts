import { App } from 'antd'
import { asApiProblem } from '#shell/api/problem.ts'
import { useAction } from '#shell/api/queries.ts'
import { type ColumnMapping, type ImportView, mapImport, type ValueMapping } from '../model/index.ts'

interface MappingPart {
  readonly columns: ColumnMapping
  readonly values: ValueMapping
  readonly years: ImportView['years']
  readonly assumed: ImportView['assumed']
}

/** What the person has decided so far, and how to change it; every change is judged anew by the server. */
export function useMapping(view: ImportView) {
  const { message } = App.useApp()
  const action = useAction(mapImport)
  const values: Record<string, Record<string, string>> = {}
  for (const word of view.words) {
    if (word.chosen && word.meaning) values[word.field] = { ...values[word.field], [word.text]: word.meaning }
  }
  const change = async (part: Partial<MappingPart>) => {
    const input = { columns: view.columns, values, years: view.years, assumed: view.assumed, ...part }
    try {
      await action.mutateAsync({ recordId: view.id, version: view.version, input })
      message.success('已按新的对应关系重新核对')
    } catch (error) {
      message.error(asApiProblem(error).detail)
    }
  }
  return { values, change, busy: action.isPending }
}
