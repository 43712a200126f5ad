import { searchTokens } from '#platform/search/tokens.ts'

const places = [
  '一号车间',
  '成品仓库',
  '配电房',
  '锅炉房',
  '污水处理站',
  '危化品库',
  '采场边坡',
  '井下运输巷',
  '充装台',
  '后厨',
  '疏散通道',
  '电梯机房',
  '塔吊基础',
  '基坑东侧',
  '尾矿库坝体',
  '氨制冷机房',
]
const things = [
  '可燃气体报警器',
  '消防栓',
  '配电箱',
  '安全阀',
  '压力表',
  '防护栏杆',
  '应急照明',
  '通风设施',
  '防爆电机',
  '起重机限位器',
  '灭火器',
  '紧急切断阀',
  '接地装置',
  '逃生门',
  '脚手架连墙件',
  '排土场截水沟',
]
const faults = [
  '未按规定定期检验',
  '失效未更换',
  '被杂物堵塞',
  '未接入联锁',
  '缺少警示标志',
  '线路老化裸露',
  '擅自停用',
  '数量不足',
  '安装位置不符合要求',
  '未建立检查记录',
  '无人值守',
  '锈蚀严重',
  '被锁闭无法开启',
  '未与主体工程同步投用',
]
const more = [
  '现场检查时作业人员不能说明处置方法',
  '自上次检查以来未见整改',
  '台账与现场不一致',
  '',
  '',
  '',
  '已口头要求立即整改',
  '影响相邻作业面',
]

/** Descriptions as inspectors write them, with their search words: every combination of place, thing and fault. */
export function descriptions(): { readonly text: string; readonly tokens: string }[] {
  return places.flatMap((place) =>
    things.flatMap((thing) =>
      faults.map((fault, at) => {
        const tail = more[(at + place.length + thing.length * 3) % more.length]
        const text = `${place}${thing}${fault}${tail ? `，${tail}` : ''}`
        return { text, tokens: searchTokens(text) }
      }),
    ),
  )
}

const roots = [
  '青阳',
  '蓉城',
  '木镇',
  '新河',
  '丁桥',
  '陵阳',
  '朱备',
  '酉华',
  '杨田',
  '乔木',
  '杜村',
  '庙前',
  '九子',
  '云松',
  '金象',
  '华阳',
  '皖南',
  '江南',
]
const middles = [
  '恒源',
  '永盛',
  '宏达',
  '金鑫',
  '天成',
  '瑞丰',
  '同兴',
  '顺安',
  '鼎力',
  '华泰',
  '明辉',
  '东升',
  '盛世',
  '佳美',
  '长青',
  '万和',
  '福临',
  '众诚',
  '立信',
  '广润',
]
const trades = [
  '矿业',
  '建材',
  '化工',
  '机械',
  '纺织',
  '食品',
  '燃气',
  '物流',
  '酒店',
  '超市',
  '木业',
  '烟花爆竹',
  '碳酸钙',
  '建筑',
  '电子',
  '养老服务',
  '网吧',
  '汽修',
]
const ends = ['有限公司', '厂', '经营部', '有限责任公司']

export function unitName(at: number): string {
  const of = (list: readonly string[], n: number) => list[n % list.length] ?? ''
  const n = Math.floor(at / (roots.length * middles.length * trades.length))
  return `${of(roots, at)}${of(middles, Math.floor(at / roots.length))}${of(trades, Math.floor(at / (roots.length * middles.length)))}${n > 0 ? `第${n}` : ''}${of(ends, at)}`
}
