/** What units of a sector are called, how many there are, and what is typically found there. Invented, for demo data. */
export interface Trade {
  readonly sector: string
  /** How many units of the demo county belong to it. */
  readonly units: number
  readonly names: readonly string[]
  readonly major: readonly Finding[]
  readonly general: readonly Finding[]
}

export interface Finding {
  /** Criteria by id, in the editions of the standard; empty where the sector has no itemised standard. */
  readonly criteria: readonly string[]
  readonly text: string
  readonly place: string
  readonly measure: string
}

const general = (text: string, place: string, measure: string): Finding => ({ criteria: [], text, place, measure })
const major = (criteria: string | readonly string[] | null, text: string, place: string, measure: string): Finding => ({
  criteria: criteria === null ? [] : typeof criteria === 'string' ? [criteria] : criteria,
  text,
  place,
  measure,
})

const fireGeneral = [
  general('疏散通道堆放杂物，宽度不足', '一楼通道', '清理杂物，划线并专人巡查'),
  general('灭火器压力不足，未及时更换', '二楼楼梯间', '更换灭火器，建立月检记录'),
  general('应急照明灯损坏两处', '东侧楼梯', '更换应急照明灯'),
]

export const trades: readonly Trade[] = [
  {
    sector: 'industryTrade',
    units: 84,
    names: [
      '天华机械',
      '皖南铸造',
      '恒通轴承',
      '青峰新材料',
      '华源木业',
      '天成服饰',
      '宏达金属制品',
      '正阳电子',
      '瑞丰食品',
      '金牛钙业',
    ],
    major: [
      major(
        'gongmao-2023-3-2',
        '两名焊工无特种作业操作证，在装配车间从事焊接作业',
        '装配车间',
        '停止作业，安排取证人员上岗',
      ),
      major(
        'gongmao-2023-3-1',
        '厂区内三家承租单位由各自管理，出租方未统一协调，全年没有检查记录',
        '北区厂房',
        '签订安全管理协议，每月联合检查',
      ),
      major('gongmao-2023-4-1', '操作室设置在铁水吊运跨地坪区域内', '铸造车间', '迁移操作室至安全区域'),
    ],
    general: [
      general('砂轮机防护罩缺失', '机修间', '安装防护罩'),
      general('配电箱门敞开，无警示标识', '一号车间', '关闭上锁，张贴标识'),
      general('叉车灭火器过期', '成品库', '更换灭火器'),
      ...fireGeneral,
    ],
  },
  {
    sector: 'mine',
    units: 22,
    names: ['石灰岩矿', '白云石矿', '方解石矿', '石英矿', '尾矿库', '矿业'],
    major: [
      major('mine-2022-op-3', '采场未按自上而下分台阶开采，南侧出现一面坡', '南采区', '停止开采，按设计恢复台阶'),
      major('mine-2022-op-6', '高陡边坡未按规定进行稳定性分析', '东边坡', '委托机构开展边坡稳定性分析'),
      major('mine-2022-ug-20', '主通风机未连续运转，停机没有报告记录', '主扇房', '恢复连续运行，落实停机报告制度'),
      major('mine-2022-tp-8', '汛期前未进行调洪演算，安全超高不足', '库区', '开展调洪演算，降低库水位'),
    ],
    general: [
      general('运输道路警示标志不足', '运输主干道', '补设警示标志'),
      general('边坡浮石未及时清理', '二采区', '清理浮石，设置警戒'),
      general('炸药领用登记不完整', '临时存放点', '补全登记并加强核对'),
    ],
  },
  {
    sector: 'hazchem',
    units: 24,
    names: ['皖江化工', '天华涂料', '加油站', '城东加油站', '东方气体', '绿源农资'],
    major: [
      major(
        ['hazchem-2017-12', 'hazchem-aq3067-2026-5-4-2'],
        '罐区可燃气体检测报警装置两台失效，未投用',
        '储罐区',
        '更换探头并重新标定',
      ),
      major(
        ['hazchem-2017-2', 'hazchem-aq3067-2026-5-1-4'],
        '动火作业人员未取得特种作业操作证',
        '检修现场',
        '清退无证人员，重新办理作业许可',
      ),
      major(
        ['hazchem-2017-18', 'hazchem-aq3067-2026-5-6-1'],
        '动火作业未办理作业票，未进行气体分析',
        '生产车间',
        '停止作业，修订特殊作业制度并培训',
      ),
    ],
    general: [
      general('应急物资柜缺少空气呼吸器', '控制室', '补充配置'),
      general('卸油口防渗池有积油', '卸油区', '清理并检查密封'),
    ],
  },
  {
    sector: 'fireworks',
    units: 12,
    names: ['红星烟花爆竹批发部', '喜庆烟花零售点', '平安花炮零售店', '天华烟花经营部'],
    major: [
      major('fireworks-2017-5', '仓库实际存放量超过核定药量', '2号库', '转移超量产品，恢复核定存量'),
      major('fireworks-2017-20', '零售点与居住场所设置在同一建筑内', '门店', '搬迁零售点，注销原址'),
    ],
    general: [general('库房温湿度记录中断三天', '1号库', '补充设备，恢复记录')],
  },
  {
    sector: 'gas',
    units: 14,
    names: ['城镇燃气公司', '液化气站', '瓶装气供应站', '燃气站'],
    major: [
      major('gas-2023-11', '中压管线保护范围内新搭建停车棚，占压约十二米', '府前路', '拆除占压构筑物'),
      major('gas-2023-10', '瓶库未设置固定式可燃气体报警装置', '实瓶库', '安装报警装置并联网'),
    ],
    general: [
      general('入户安检记录缺少用户签字', '客服中心', '补签并培训'),
      general('气瓶无防倾倒措施', '瓶库', '加装围栏'),
    ],
  },
  {
    sector: 'construction',
    units: 26,
    names: ['城南安置房项目', '天华新城二期项目', '县医院扩建项目', '滨河道路改造项目', '开发区标准厂房项目'],
    major: [
      major('construction-2024-5-2', '基坑北侧土方超挖约八十厘米，未采取措施', '基坑北侧', '回填反压，重新验收'),
      major('construction-2024-8-1', '塔式起重机未办理使用登记即投入使用', '3号塔吊', '停止使用，办理使用登记'),
      major('construction-2024-7-2', '外脚手架三至五层连墙件整层缺失', '5号楼', '补设连墙件，验收后使用'),
    ],
    general: [
      general('临边防护栏杆缺失六米', '4号楼三层', '恢复临边防护'),
      general('配电箱未做重复接地', '钢筋加工区', '补做接地'),
    ],
  },
  {
    sector: 'specialEquipment',
    units: 20,
    names: ['山水大酒店', '天华商贸城', '永盛超市', '县人民医院', '金桥物流园'],
    major: [
      major('special-equipment-2024-4-6-a', '客梯定期检验结论为不合格仍在使用', '1号客梯', '停用，维修后重新检验'),
      major('special-equipment-2024-4-10-c', '叉车制动失效仍在使用', '装卸区', '停用维修'),
    ],
    general: [general('电梯使用标志未张贴', '2号客梯', '张贴使用标志')],
  },
  {
    sector: 'roadTransport',
    units: 16,
    names: ['顺达客运', '通达物流', '天华旅游车队', '宏运货运'],
    major: [
      major('road-transport-2023-2', '两辆货车擅自加装栏板，检验不合格仍在运营', '停车场', '停运，恢复原状并重新检验'),
    ],
    general: [
      general('驾驶员安全培训记录不全', '安全科', '补训并建立台账'),
      general('卫星定位掉线未处理', '监控室', '维修终端，落实日查'),
    ],
  },
  {
    sector: 'fishingVessel',
    units: 4,
    names: ['牛桥水库渔业队', '清河渔业合作社'],
    major: [major('fishing-2022-2', '渔船救生衣配备不足，消防器材过期', '码头', '配齐救生消防设备')],
    general: [general('渔船号灯损坏', '码头', '更换号灯')],
  },
  {
    sector: 'fire',
    units: 36,
    names: ['富阳商业广场', '天华宾馆', '星光影城', '阳光幼儿园', '夕阳红养老院', '川味火锅城', '青年网吧'],
    major: [
      major('fire-2017-6-5', '二楼安全出口被封堵，营业期间疏散楼梯上锁', '二楼东侧', '拆除封堵，恢复疏散出口'),
      major('fire-2017-6-6', '自动喷水灭火系统管网无水，消防泵不能启动', '消防泵房', '维修消防泵，恢复管网供水'),
    ],
    general: fireGeneral,
  },
  {
    sector: 'selfBuiltHouse',
    units: 14,
    names: ['沿街自建房', '镇东自建房', '学校周边自建房'],
    major: [major(null, '经营性自建房擅自拆除承重墙，鉴定为C级', '一楼门面', '停止经营，加固后复核')],
    general: [general('屋顶违规加盖彩钢板', '屋顶', '拆除加盖')],
  },
  {
    sector: 'culturalTourism',
    units: 12,
    names: ['九子岩景区', '神仙洞景区', '甘露寺景区', '天华运动公园'],
    major: [major(null, '玻璃栈道未经检测继续开放，承载力不明', '栈道入口', '停止开放，委托检测')],
    general: [general('游客步道护栏松动', '北线步道', '加固护栏')],
  },
  {
    sector: 'elderlyCare',
    units: 8,
    names: ['福寿园养老院', '康乐敬老院'],
    major: [major(null, '失能老人居住区夜间无人值守，疏散路线被封闭', '三楼', '落实夜间值守，打开疏散通道')],
    general: fireGeneral,
  },
  {
    sector: 'campus',
    units: 8,
    names: ['实验小学', '城关中学', '城东幼儿园'],
    major: [major(null, '实验室危险化学品无双人双锁，台账与实物不符', '化学实验室', '落实双人双锁，清点建账')],
    general: [
      general('食堂燃气软管老化', '食堂', '更换软管'),
      general('宿舍疏散指示标志损坏', '2号宿舍楼', '更换标志'),
    ],
  },
]
