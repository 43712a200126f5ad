import { failedLift, general, major, trade } from './trade.ts'

/** Dangerous goods, gas, building, traffic: where the law sees high risk. */
export const danger = [
  trade({
    id: 'filling',
    sector: 'hazchem',
    units: 14,
    names: ['城东加油站', '高速路口加油站', '乡镇加油点', '国道加油站'],
    major: [
      major(
        ['hazchem-2017-1', 'hazchem-aq3067-2026-5-1-1'],
        '站长兼主要负责人未经安全考核合格',
        '站房',
        '参加培训考核，取得合格证明',
      ),
      major(
        ['hazchem-2017-12', 'hazchem-aq3067-2026-5-4-2'],
        '油罐区可燃气体检测报警装置失效，未投用',
        '油罐区',
        '更换探头并重新标定',
      ),
    ],
    general: [
      general('卸油口防渗池有积油', '卸油区', '清理并检查密封'),
      general('加油机静电接地线松动', '2号加油岛', '紧固接地并检测'),
      general('消防沙池沙量不足', '卸油区', '补足消防沙'),
    ],
  }),
  trade({
    id: 'chemicals',
    sector: 'hazchem',
    also: ['specialEquipment'],
    units: 8,
    names: ['皖江化工', '天华涂料', '东方气体', '绿源农药'],
    scales: ['medium', 'large', 'small'],
    major: [
      major(
        ['hazchem-2017-12', 'hazchem-aq3067-2026-5-4-2'],
        '罐区可燃气体检测报警装置两台失效',
        '储罐区',
        '更换探头并重新标定',
      ),
      major(
        ['hazchem-2017-18', 'hazchem-aq3067-2026-5-6-1'],
        '动火作业未办理作业票，未进行气体分析',
        '生产车间',
        '停止作业，修订特殊作业制度并培训',
      ),
      major(
        ['hazchem-2017-15', 'hazchem-aq3067-2026-5-4-6'],
        '反应釜安全阀前切断阀关闭，未正常投用',
        '反应工段',
        '开启并铅封切断阀，校验安全阀',
      ),
    ],
    general: [
      general('应急物资柜缺少空气呼吸器', '控制室', '补充配置'),
      general('洗眼器水压不足', '生产车间', '检修管路'),
    ],
  }),
  trade({
    id: 'hazchemShop',
    sector: 'hazchem',
    units: 6,
    names: ['五金油漆经营部', '化工试剂经营部', '工业气体经营部'],
    major: [
      major(
        ['hazchem-2017-20', 'hazchem-aq3067-2026-5-5-8'],
        '仓库内油漆与氧化剂同库混存，超过许可数量',
        '仓库',
        '分库存放，清运超量货物',
      ),
    ],
    general: [
      general('危险化学品台账与实物不符', '仓库', '清点建账'),
      general('仓库未张贴安全技术说明书', '仓库', '张贴并培训'),
    ],
  }),
  trade({
    id: 'fireworks',
    sector: 'fireworks',
    units: 10,
    names: ['红星烟花爆竹批发部', '喜庆烟花零售点', '平安花炮零售店'],
    major: [
      major('fireworks-2017-5', '仓库实际存放量超过核定药量', '2号库', '转移超量产品，恢复核定存量'),
      major('fireworks-2017-20', '零售点与居住场所设置在同一建筑内', '门店', '搬迁零售点，注销原址'),
    ],
    general: [
      general('库房温湿度记录中断三天', '1号库', '补充设备，恢复记录'),
      general('零售点灭火器数量不足', '门店', '补足灭火器'),
    ],
  }),
  trade({
    id: 'blasting',
    sector: 'civilExplosives',
    units: 2,
    names: ['民爆器材专营', '爆破工程服务'],
    scales: ['medium'],
    major: [
      major('civil-explosives-2024-4', '临时储存点雷管超出核定储量', '民爆储存库', '当日清退超储雷管，核定流转量'),
      major('civil-explosives-2024-8', '库区避雷接地电阻超标，防雷设施失效', '民爆储存库', '整改接地，重新检测'),
    ],
    general: [
      general('库区视频监控一路离线', '值班室', '恢复监控'),
      general('出入库登记漏签字', '值班室', '补签并考核'),
    ],
  }),
  trade({
    id: 'cylinders',
    sector: 'gas',
    units: 9,
    names: ['液化气站', '瓶装气供应站', '液化石油气配送站'],
    major: [
      major('gas-2023-10', '瓶库未设置固定式可燃气体报警装置', '实瓶库', '安装报警装置并联网'),
      major('gas-2023-14', '擅自为非自有气瓶充装', '充装间', '停止充装，清退非自有气瓶'),
    ],
    general: [general('气瓶无防倾倒措施', '瓶库', '加装围栏'), general('配送车辆灭火器过期', '停车场', '更换灭火器')],
  }),
  trade({
    id: 'pipedGas',
    sector: 'gas',
    units: 3,
    names: ['城镇燃气公司', '天然气公司'],
    scales: ['medium', 'large'],
    major: [
      major('gas-2023-11', '中压管线保护范围内新搭建停车棚，占压约十二米', '府前路', '拆除占压构筑物'),
      major(
        'gas-2023-21',
        '入户安检发现用户使用淘汰的直排式热水器，未书面告知整改',
        '老小区',
        '补发书面告知，停气整改',
      ),
    ],
    general: [
      general('入户安检记录缺少用户签字', '客服中心', '补签并培训'),
      general('调压箱周边堆放杂物', '东门小区', '清理并设警示标志'),
    ],
  }),
  trade({
    id: 'building',
    sector: 'construction',
    also: ['specialEquipment'],
    units: 18,
    names: ['城南安置房项目', '天华新城二期项目', '医院扩建项目', '标准厂房项目', '老旧小区改造项目'],
    scales: ['medium', 'large'],
    major: [
      major('construction-2024-5-2', '基坑北侧土方超挖约八十厘米，未采取措施', '基坑北侧', '回填反压，重新验收'),
      major('construction-2024-8-1', '塔式起重机未办理使用登记即投入使用', '3号塔吊', '停止使用，办理使用登记'),
      major('construction-2024-7-2', '外脚手架三至五层连墙件整层缺失', '5号楼', '补设连墙件，验收后使用'),
    ],
    general: [
      general('临边防护栏杆缺失六米', '4号楼三层', '恢复临边防护'),
      general('配电箱未做重复接地', '钢筋加工区', '补做接地'),
      general('两名工人高处作业未系安全带', '5号楼四层', '停工教育，正确佩戴'),
    ],
  }),
  trade({
    id: 'roadWorks',
    sector: 'transportWorks',
    units: 3,
    names: ['县道改建工程项目部', '大桥加固工程项目部'],
    scales: ['medium'],
    major: [major(null, '桥梁支架未按专项方案搭设，基础未处理即浇筑', '2号墩', '停工加固支架，重新组织论证验收')],
    general: [general('施工路段警示锥桶间距过大', '改建路段', '按规范补设锥桶和警示灯')],
  }),
  trade({
    id: 'transport',
    sector: 'roadTransport',
    units: 12,
    names: ['顺达客运', '通达物流', '天华旅游车队', '宏运货运'],
    major: [
      major('road-transport-2023-2', '两辆货车擅自加装栏板，检验不合格仍在运营', '停车场', '停运，恢复原状并重新检验'),
    ],
    general: [
      general('驾驶员安全培训记录不全', '安全科', '补训并建立台账'),
      general('卫星定位掉线未处理', '监控室', '维修终端，落实日查'),
    ],
  }),
  trade({
    id: 'fishing',
    sector: 'fishingVessel',
    units: 2,
    names: ['水库渔业队', '河口渔业合作社'],
    major: [major('fishing-2022-2', '核定载员十二人的渔船救生衣配备不足，消防器材过期', '码头', '配齐救生消防设备')],
    general: [general('渔船号灯损坏', '码头', '更换号灯')],
  }),
  trade({
    id: 'logistics',
    sector: 'commerce',
    also: ['specialEquipment', 'fire'],
    units: 4,
    names: ['金桥物流园', '农产品批发市场'],
    tags: ['big'],
    scales: ['medium', 'large'],
    major: [
      major(
        'special-equipment-2024-4-10-c',
        '两台叉车制动失效仍在使用',
        '装卸区',
        '停用维修，逐台检验',
        'specialEquipment',
      ),
      failedLift,
      major(
        null,
        '卸货平台与电动叉车充电区、化工品暂存区混用，现场无人管理',
        '卸货平台',
        '分区设置，专人管理，限量存放',
      ),
    ],
    general: [
      general('货架超载，横梁变形', '2号仓', '卸载更换横梁'),
      general('装卸区人车混行', '装卸区', '划线分流，设置凸面镜'),
    ],
  }),
]
