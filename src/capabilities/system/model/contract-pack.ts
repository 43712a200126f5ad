import { z } from 'zod'
import { defineQuery } from '#kernel/contract.ts'

/** What a pack consists of, and what happens to each part when a newer one is loaded. */
export const packParts = {
  plan: { title: '方案', onLoad: '标题、发布机关和阶段换成新的' },
  areas: { title: '行政区划', onLoad: '改动的换成新的；删去的停用，已有记录不变；县里自定的督导单位不变' },
  bodies: { title: '机构', onLoad: '改动的换成新的；删去的停用，已有记录不变' },
  sectors: { title: '行业领域', onLoad: '改动的换成新的；删去的停用，已有记录不变' },
  matrix: { title: '责任分工', onLoad: '整体换成新的；已经交办的不变，今后按新的分派' },
  gaps: { title: '待明确事项', onLoad: '整体换成新的' },
  standards: {
    title: '判定标准',
    onLoad: '改动的换成新的，县里修改过的以县里的为准；删去的保留，因为已有判定引用它；县里发布的不受影响',
  },
  words: { title: '口语说法', onLoad: '检索和建议按新的说法' },
  tasks: { title: '任务、备案、会议和责任链', onLoad: '新增的按期下达；已经下达的任务和县里改过的责任链不变' },
  parameters: { title: '参数', onLoad: '只补充没有的；已有的值不变，要改请到“参数”办理' },
  holidays: { title: '工作日历', onLoad: '只补充没有的年份；已有的年份不变，要改请到“工作日历”办理' },
  ledgers: { title: '台账', onLoad: '重启后按数据包的定义显示；已登记的事项都保留' },
} as const
export type PackPartId = keyof typeof packParts
const PackPartId = z.enum(Object.keys(packParts) as [PackPartId, ...PackPartId[]])

/** Something a pack does not know or is not sure of, with what it is about by name. */
export const PackFinding = z.object({ part: PackPartId, words: z.string(), names: z.array(z.string()) })
export type PackFinding = z.infer<typeof PackFinding>

const Names = z.array(z.string())

/** The loaded pack of the county, what is wrong with or missing in it, and what the files on disk would change. */
export const getPack = defineQuery({
  id: 'system.pack',
  title: '数据包',
  permission: 'system.readPack',
  input: z.object({}),
  output: z.object({
    id: z.string(),
    version: z.string(),
    title: z.string(),
    countyName: z.string(),
    county: z.string(),
    issuer: z.string(),
    issuedOn: z.string(),
    stages: z.array(z.object({ name: z.string(), from: z.string(), to: z.string(), clause: z.string() })),
    checksum: z.string(),
    /** When the database was last made to say what a pack says; null before this was noted. */
    loadedAt: z.string().nullable(),
    /** False: another process has loaded another pack since this one was started. */
    current: z.boolean(),
    parts: z.array(z.object({ part: PackPartId, files: z.string(), entries: z.number().int(), checksum: z.string() })),
    gaps: z.array(PackFinding),
    disk: z.object({
      /** Null where the files cannot be read; `problems` then say why. */
      checksum: z.string().nullable(),
      version: z.string().nullable(),
      /** False: the files are those that are loaded. */
      newer: z.boolean(),
      problems: Names,
      differences: z.array(z.object({ part: PackPartId, added: Names, changed: Names, dropped: Names })),
    }),
  }),
  errors: [],
})
export type PackView = z.output<typeof getPack.output>
