/** What units of a trade are called, how many there are, and what is typically found there. Invented, for demo data. */
export interface Trade {
  readonly id: string
  /** Its main sector; under it a finding is filed unless it names another. */
  readonly sector: string
  /** What else such a unit does or has. */
  readonly also: readonly string[]
  /** How many units of the demo county belong to it. */
  readonly units: number
  readonly names: readonly string[]
  readonly kind: 'unit' | 'place'
  readonly tags: readonly ('big' | 'small' | 'novel' | 'oldArea')[]
  readonly scales: readonly ('large' | 'medium' | 'small' | 'micro')[]
  /** Why its units count as high-risk although their sector does not, or the other way round. */
  readonly override: { readonly value: boolean; readonly reason: string } | null
  readonly major: readonly Finding[]
  readonly general: readonly Finding[]
}

export interface Finding {
  /** Criteria by id, in the editions of the standard; empty where the sector has no itemised standard. */
  readonly criteria: readonly string[]
  readonly text: string
  readonly place: string
  readonly measure: string
  readonly sector?: string
}

type Told = Partial<Trade> & Pick<Trade, 'id' | 'sector' | 'units' | 'names' | 'major' | 'general'>

export const trade = (told: Told): Trade => ({
  also: [],
  kind: 'unit',
  tags: [],
  scales: ['small', 'small', 'micro', 'medium'],
  override: null,
  ...told,
})

export const general = (text: string, place: string, measure: string, sector?: string): Finding => ({
  criteria: [],
  text,
  place,
  measure,
  ...(sector ? { sector } : {}),
})

/** `criteria`: one id, the ids of successive editions, or none where only reasons can decide. */
export const major = (
  criteria: string | readonly string[] | null,
  text: string,
  place: string,
  measure: string,
  sector?: string,
): Finding => ({
  ...general(text, place, measure, sector),
  criteria: criteria === null ? [] : typeof criteria === 'string' ? [criteria] : criteria,
})

export const unlicensedWelders = major(
  'gongmao-2023-3-2',
  '两名焊工无特种作业操作证，在车间从事焊接作业',
  '机修车间',
  '停止作业，安排持证人员上岗，组织取证培训',
)
export const unmanagedTenants = major(
  'gongmao-2023-3-1',
  '厂区内三家承租单位各管各的，出租方未统一协调管理，全年没有检查记录',
  '北区厂房',
  '签订安全管理协议，明确职责，每月联合检查',
)
export const unguardedConfinedSpace = major(
  'gongmao-2023-13-2',
  '清理污水池时未办理作业审批，未通风检测，现场无监护人员',
  '污水处理站',
  '停止作业，完善审批和监护制度，配备检测报警仪并培训',
)
export const failedLift = major(
  'special-equipment-2024-4-6-a',
  '客梯定期检验结论为不合格仍在使用',
  '1号客梯',
  '停用，维修后重新检验',
  'specialEquipment',
)
export const blockedExit = major(
  'fire-2017-6-5',
  '二楼安全出口被封堵，营业期间疏散楼梯上锁，可用出口数量不足',
  '二楼东侧',
  '拆除封堵，恢复疏散出口，落实专人管理',
  'fire',
)
export const drySprinklers = major(
  'fire-2017-6-6',
  '自动喷水灭火系统管网无水，消防泵不能启动，系统形同未设',
  '消防泵房',
  '维修消防泵，恢复管网供水并全面测试',
  'fire',
)

export const factoryGeneral: readonly Finding[] = [
  general('砂轮机防护罩缺失', '机修间', '安装防护罩'),
  general('配电箱门敞开，无警示标识，箱内积尘', '一号车间', '清扫上锁，张贴标识'),
  general('叉车未每日点检，灯光不亮', '成品库', '修复灯光，落实日点检'),
  general('车间疏散通道被半成品占用', '一号车间', '清理通道，划线管理'),
  general('新员工三级安全教育记录缺签字', '办公室', '补训补签，建立台账'),
]
export const fireGeneral: readonly Finding[] = [
  general('疏散通道堆放杂物，宽度不足', '一楼通道', '清理杂物，划线并专人巡查', 'fire'),
  general('灭火器压力不足，未及时更换', '二楼楼梯间', '更换灭火器，建立月检记录', 'fire'),
  general('应急照明灯损坏两处', '东侧楼梯', '更换应急照明灯', 'fire'),
  general('电动自行车在楼道内充电', '一楼门厅', '移至集中充电点，张贴告知', 'fire'),
]
