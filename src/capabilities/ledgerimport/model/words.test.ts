import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wordReaders } from './words.ts'

/** `?` = must be asked. */
const tables: Record<keyof typeof wordReaders, Record<string, readonly string[]>> = {
  progress: {
    closed: [
      '已销号',
      '销号',
      '已闭环',
      '已整改销号',
      '整改完成并销号',
      '已完成销号',
      '已验收销号',
      '已销案',
      '2024年5月已销号',
      '已 销 号。',
    ],
    rectified: [
      '已整改',
      '已完成',
      '已完成整改',
      '整改完成',
      '完成整改',
      '整改到位',
      '已整改到位',
      '已改',
      '全部完成',
      '完成',
      '整改完成，待验收',
      '已整改待销号',
      '已整改，未销号',
      '已完成整改（尚未销号）',
      '已整改，申请验收',
      '整改完成，待复查',
      '待验收',
      '待复查',
      '已申请验收',
      '已按期整改',
    ],
    open: [
      '未整改',
      '未完成',
      '未完成整改',
      '没有完成整改',
      '未按期整改完成',
      '未能按期完成整改',
      '尚未整改',
      '还没整改',
      '未改',
      '逾期未整改',
      '逾期',
      '没有整改',
      '未整改到位',
      '未启动',
      '未开始整改',
      '未全部整改到位',
      '未彻底整改',
    ],
    rectifying: [
      '整改中',
      '正在整改',
      '正在推进',
      '治理中',
      '部分已完成',
      '部分整改',
      '停产整改',
      '正在施工',
      '整改中，未完成',
    ],
    '?': [
      '未销号',
      '待销号',
      '尚未销号',
      '未闭环',
      '没有销号',
      '拟销号',
      '申请销号',
      '不能销号',
      '无法销号',
      '计划销号',
      '正在办理销号',
      '销号审批中',
      '待闭环',
      '闭环管理',
      '准备销号',
      '暂不销号',
      '销号被退回',
      '已撤销销号',
      '是否已销号？',
      '计划5月底完成整改',
      '拟整改',
      '无法整改',
      '已制定整改方案',
      '已下达整改通知',
      '基本整改到位',
      '已完成80%',
      '已整改3处，2处未整改',
      '验收未通过',
      '未验收',
      '是',
      '否',
      '见附件',
      '已整改，验收未通过',
      '预计已整改',
      '将于6月完成整改',
    ],
  },
  level: {
    major: ['重大', '重大隐患', '重大事故隐患', '重大安全隐患'],
    general: ['一般', '一般隐患', '一般事故隐患', '非重大', '非重大隐患', '非重大事故隐患'],
    '?': [
      '不属于重大',
      '疑似重大',
      '拟定重大',
      '待判定',
      '重大、一般',
      '一般升重大',
      '较大',
      'A级',
      '未达到重大',
      '不构成重大隐患',
    ],
  },
  listing: {
    none: [
      '',
      '否',
      '无',
      '未挂牌',
      '没有',
      '不挂牌',
      '/',
      '—',
      '未列入县级挂牌',
      '否（拟报市级）',
      '未纳入省级',
      '暂未挂牌',
      '尚未挂牌',
    ],
    county: ['县级', '县政府挂牌', '县安委会', '县级挂牌督办'],
    city: ['市级', '市安委会挂牌', '市级督办'],
    province: ['省级', '省安委会挂牌'],
    '?': [
      '是',
      '已挂牌',
      '拟报市级',
      '待县级挂牌',
      '申请省级挂牌',
      '县级（已摘牌）',
      '县级（已销案）',
      '市、县',
      '建议县级',
      '未列入县级，已由市级挂牌',
      '县级？',
    ],
  },
  channel: {
    selfCheck: ['企业自查', '企业自查上报', '自查', '单位自行排查', '企业上报'],
    inspection: ['检查', '督导检查', '省安委办暗访', '县督导组督导发现', '部门检查', '执法检查', '明查暗访'],
    publicReport: ['群众举报', '12350举报', '信访', '12345热线转办'],
    '?': ['检查发现（非举报）', '企业自查、部门检查', '未自查', '其他', '督导企业自查'],
  },
}

describe.each(Object.keys(tables) as (keyof typeof wordReaders)[])('words of the column %s', (field) => {
  const cases = Object.entries(tables[field]).flatMap(([meaning, words]) =>
    words.map((word) => [word, meaning] as const),
  )
  it.each(cases)('“%s” means %s', (word, meaning) => {
    expect(wordReaders[field](word) ?? '?').toBe(meaning)
  })
})

const denials = [
  '未',
  '没有',
  '尚未',
  '还未',
  '待',
  '不能',
  '无法',
  '拟',
  '正在',
  '计划',
  '准备',
  '等待',
  '暂未',
  '申请',
  '即将',
  '不予',
]
const links = ['', '办理', '申请', '按期', '予以', '完成', '及时', '通过']
const tails = ['', '。', '，请督促', '（县级）', '手续', '，情况属实']

describe('a word that denies', () => {
  it('never lets a hazard pass for closed', () => {
    const parts = fc.record({
      lead: fc.constantFrom('', '目前', '该隐患', '已整改，', '整改完成但'),
      no: fc.constantFrom(...denials),
      link: fc.constantFrom(...links),
      stem: fc.constantFrom('销号', '闭环', '销案', '核销'),
      tail: fc.constantFrom(...tails),
    })
    fc.assert(
      fc.property(parts, ({ lead, no, link, stem, tail }) => {
        expect(wordReaders.progress(`${lead}${no}${link}${stem}${tail}`)).not.toBe('closed')
      }),
    )
  })

  it('never lets one pass for rectified', () => {
    const parts = fc.record({
      lead: fc.constantFrom('', '目前', '该企业', '经查'),
      no: fc.constantFrom('未', '没有', '尚未', '还未', '不能', '无法', '拟', '计划', '准备', '暂未', '即将', '未能'),
      link: fc.constantFrom(...links.filter((link) => !['申请', '通过'].includes(link))),
      stem: fc.constantFrom('整改', '整改完成', '完成整改', '整改到位', '完成', '整改完毕'),
      tail: fc.constantFrom('', '。', '，请督促', '（县级）'),
    })
    fc.assert(
      fc.property(parts, ({ lead, no, link, stem, tail }) => {
        const read = wordReaders.progress(`${lead}${no}${link}${stem}${tail}`)
        expect(read === 'rectified' || read === 'closed').toBe(false)
      }),
    )
  })

  it('never makes a hazard major or listed', () => {
    const parts = fc.record({
      no: fc.constantFrom('未', '非', '不属于', '不构成', '没有', '未列入', '不是', '未达到'),
      tail: fc.constantFrom('', '隐患', '挂牌', '（县）'),
    })
    fc.assert(
      fc.property(parts, fc.constantFrom('重大', '县级', '市级', '省级'), ({ no, tail }, stem) => {
        expect(wordReaders.level(`${no}${stem}${tail}`)).not.toBe('major')
        expect([undefined, 'none']).toContain(wordReaders.listing(`${no}${stem}${tail}`))
      }),
    )
  })
})
