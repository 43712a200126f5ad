import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { standardOf } from './library.ts'
import { CriteriaStandard } from './pack.ts'
import { reasonOf, suggestItems } from './suggest.ts'
import { CriteriaWordsFile } from './words.ts'

const national = new URL('../../../../packs/_national/', import.meta.url)
const read = (path: string): unknown => parse(readFileSync(new URL(path, national), 'utf8'))
const standards = readdirSync(new URL('criteria/', national))
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => standardOf(CriteriaStandard.parse(read(`criteria/${name}`))))
const { words } = CriteriaWordsFile.parse(read('criteria-words.yaml'))
const suggest = (description: string, sector: string, limit = 3) =>
  suggestItems(standards, { description, sector, on: '2025-06-01' }, limit, words)

/** What clerks and inspectors type, sector by sector, and the item they mean: it must be among the first three. */
const phrases: Readonly<Record<string, readonly (readonly [phrase: string, item: string])[]>> = {
  industryTrade: [
    ['受限空间作业票没办，人就下到污水井里了', 'gongmao-2023-13-2'],
    ['下池子清淤没人在上面看着', 'gongmao-2023-13-2'],
    ['打磨车间积了厚厚一层灰没清扫', 'gongmao-2023-11-10'],
    ['除尘器没装泄爆片', 'gongmao-2023-11-3'],
    ['木工车间砂光机风管没装火花探测', 'gongmao-2023-11-8'],
    ['铝粉除尘用的正压风机', 'gongmao-2023-11-4'],
    ['喷漆房没有可燃气体报警器', 'gongmao-2023-7-7'],
    ['煤气管道进车间前没装盲板阀', 'gongmao-2023-4-7'],
    ['休息室就在吊铁水包的下面', 'gongmao-2023-4-1'],
    ['电焊工没证', 'gongmao-2023-3-2'],
    ['外包施工队进厂没人管，从来没检查过', 'gongmao-2023-3-1'],
    ['分割包装车间空调用的氨直接制冷', 'gongmao-2023-12-1'],
    ['速冻间里有15个人干活', 'gongmao-2023-12-2'],
    ['炉子边上的坑里有水', 'gongmao-2023-7-3'],
    ['煤气区域没装一氧化碳报警器', 'gongmao-2023-4-6'],
    ['酒库没装酒精浓度报警', 'gongmao-2023-8-2'],
    ['锂电池仓库鼓包的坏电池和好电池放一起', 'gongmao-2023-8-7'],
    ['保险粉和双氧水堆在一个仓库', 'gongmao-2023-9-2'],
    ['油炸锅没有超温断电', 'gongmao-2023-8-1'],
    ['工人进污水池干活前没有通风', 'gongmao-2023-13-2'],
    ['有限空间没有台账也没贴警示牌', 'gongmao-2023-13-1'],
    ['抛光除尘没装锁气卸灰阀', 'gongmao-2023-11-6'],
    ['除尘系统没有防爆措施，泄爆口都没有', 'gongmao-2023-11-3'],
    ['两个车间的除尘管道连在一起用一台除尘器', 'gongmao-2023-11-2'],
    ['粉尘车间里面隔了一间办公室', 'gongmao-2023-11-1'],
    ['粉尘车间用的是普通插座', 'gongmao-2023-11-7'],
    ['铝灰库受潮，没有通风', 'gongmao-2023-11-9'],
    ['登高作业人员没有证', 'gongmao-2023-3-2'],
    ['厂房租给别人，没有签安全协议，也不去检查', 'gongmao-2023-3-1'],
    ['铝棒铸造冷却水没有流量报警', 'gongmao-2023-5-6'],
    ['熔炼炉没有应急水源', 'gongmao-2023-5-4'],
    ['铸造车间没有应急储存坑', 'gongmao-2023-7-2'],
    ['水泥厂工人下筒仓清料没系安全绳', 'gongmao-2023-6-2'],
    ['煤粉仓没装一氧化碳监测', 'gongmao-2023-6-1'],
    ['天然气炉子没有熄火保护', 'gongmao-2023-7-5'],
    ['清洗零件用汽油，屋里不通风', 'gongmao-2023-7-6'],
    ['交接班室建在钢水吊运区里', 'gongmao-2023-4-1'],
    ['煤气水封两侧共用一个排水器', 'gongmao-2023-4-8'],
    ['腌菜池下去清理没有测氧', 'gongmao-2023-13-2'],
    ['除尘管道用砖砌的巷道', 'gongmao-2023-11-5'],
    ['粉碎机前面没装除铁', 'gongmao-2023-11-8'],
    ['转炉水冷没有流量差报警', 'gongmao-2023-4-4'],
    ['白酒灌装车间没有报警和排风联动', 'gongmao-2023-8-2'],
    ['深井铸造用的普通钢丝绳没定期换', 'gongmao-2023-5-10'],
    ['安全管理人员没有考试合格', 'gongmao-2023-3-3'],
    ['印染定型机热媒炉跟车间没隔开', 'gongmao-2023-9-1'],
  ],
  hazchem: [
    ['动火没开票就焊了', 'hazchem-2017-18'],
    ['液氯充装还在用软管', 'hazchem-2017-7'],
    ['罐区没有紧急切断阀', 'hazchem-2017-5'],
    ['可燃气体报警器没装', 'hazchem-2017-12'],
    ['酸和碱混堆在一个库房', 'hazchem-2017-20'],
    ['安全阀下面的手阀关着', 'hazchem-2017-15'],
    ['没有做反应风险评估就投产了', 'hazchem-2017-19'],
    ['负责人没有考核证', 'hazchem-2017-1'],
    ['化工装置没有正规设计图', 'hazchem-2017-10'],
    ['自动化控制系统没投用，现场手动操作', 'hazchem-2017-4'],
    ['车间电机不防爆', 'hazchem-2017-12'],
    ['没有操作规程', 'hazchem-2017-17'],
    ['高压线从生产区上方过', 'hazchem-2017-9'],
    ['液化烃球罐没有注水', 'hazchem-2017-6'],
    ['控制室朝装置那面有窗户不防爆', 'hazchem-2017-13'],
    ['反应釜没有自动控制和紧急停车', 'hazchem-2017-4'],
    ['受限空间作业没有审批', 'hazchem-2017-18'],
    ['UPS坏了没更换', 'hazchem-2017-14'],
  ],
  fireworks: [
    ['工房里人数超了', 'fireworks-2017-4'],
    ['工房里药太多，堆了好几箱', 'fireworks-2017-5'],
    ['烟花零售店楼上住人', 'fireworks-2017-20'],
    ['厂里私自搭棚子放货', 'fireworks-2017-8'],
    ['工人带着电动工具进厂装药', 'fireworks-2017-3'],
    ['围墙倒了一截没修', 'fireworks-2017-9'],
    ['许可证过期还在生产', 'fireworks-2017-18'],
    ['把工房承包给别人生产', 'fireworks-2017-16'],
    ['没有防静电装置', 'fireworks-2017-7'],
    ['两家共用一个厂各干各的', 'fireworks-2017-17'],
    ['在工房里边粉碎边称药', 'fireworks-2017-10'],
    ['没有全员责任制', 'fireworks-2017-13'],
  ],
  mine: [
    ['井下主扇停了还在干活', 'mine-2022-ug-20'],
    ['工人没带自救器就下井', 'mine-2022-ug-21'],
    ['采石场没分台阶，一面墙开采', 'mine-2022-op-3'],
    ['边坡上裂缝越来越大，有滑动', 'mine-2022-op-8'],
    ['尾矿库干滩太短', 'mine-2022-tp-8'],
    ['尾矿坝有管涌渗水', 'mine-2022-tp-2'],
    ['井下电焊没办动火手续', 'mine-2022-ug-29'],
    ['巷道顶板没支护', 'mine-2022-ug-19'],
    ['井下安全出口堵了', 'mine-2022-ug-1'],
    ['暴雨红色预警井下还没撤人', 'mine-2024-supplement-4'],
    ['排土场下面有民房', 'mine-2022-op-11'],
    ['图纸半年没更新', 'mine-2022-ug-4'],
    ['井下只有一台水泵能用', 'mine-2022-ug-7'],
    ['采空区没有充填封闭', 'mine-2022-ug-17'],
    ['运人车拉了30个人', 'mine-2022-ug-23'],
    ['井下人员定位系统坏了一个月', 'mine-2022-ug-31'],
    ['矿里没有总工程师', 'mine-2022-ug-32'],
    ['排水斜槽塌了堵住', 'mine-2022-tp-9'],
    ['井口边上堆着油桶', 'mine-2024-supplement-1'],
    ['尾矿库坝面裂缝贯穿', 'mine-2022-tp-2'],
    ['没有办理安全设施设计就开工', 'mine-2022-ug-27'],
    ['办公室建在泥石流沟口', 'mine-2024-supplement-3'],
    ['露天采场没有留安全平台', 'mine-2022-op-12'],
  ],
  gas: [
    ['燃气管道上面盖了房子', 'gas-2023-11'],
    ['没有许可证就卖煤气罐', 'gas-2023-1'],
    ['给别家的钢瓶充气', 'gas-2023-14'],
    ['饭店燃气灶胶管是淘汰的，没下整改通知', 'gas-2023-21'],
    ['燃气表装在厕所里', 'gas-2023-19'],
    ['储罐没有液位计', 'gas-2023-6'],
    ['调压箱没有超压切断', 'gas-2023-13'],
    ['充装站给过期的外来瓶充气', 'gas-2023-14'],
    ['卧室里装了燃气热水器，没告知整改', 'gas-2023-20'],
    ['燃气管从下水道里穿过去', 'gas-2023-12'],
    ['装卸液化气没有防拉脱', 'gas-2023-8'],
    ['没有对用户入户安检', 'gas-2023-5'],
    ['气站配电开关不防爆', 'gas-2023-9'],
    ['地下室使用液化气，没有告知', 'gas-2023-18'],
  ],
  construction: [
    ['外架没有连墙件', 'construction-2024-7-2'],
    ['塔吊没验收就用了', 'construction-2024-8-1'],
    ['基坑边上堆了很多钢筋', 'construction-2024-14-1'],
    ['高支模没有专家论证', 'construction-2024-4-4'],
    ['用料斗吊人上去', 'construction-2024-15-3'],
    ['电梯井口没有防护', 'construction-2024-9-4'],
    ['混凝土没到强度就拆模', 'construction-2024-6-3'],
    ['脚手架连墙件拆掉一层', 'construction-2024-7-2'],
    ['塔吊基础沉降', 'construction-2024-8-2'],
    ['塔吊力矩限制器被拆了', 'construction-2024-8-4'],
    ['施工电梯防坠器过期', 'construction-2024-8-6'],
    ['基坑挖深了没支护', 'construction-2024-5-2'],
    ['模板支撑没验收就浇筑混凝土', 'construction-2024-4-5'],
    ['吊篮钢丝绳断丝', 'construction-2024-9-5'],
    ['六级大风还在吊装', 'construction-2024-15-2'],
    ['项目经理没有安全B证', 'construction-2024-4-2'],
    ['施工现场照明没用36伏安全电压', 'construction-2024-10-1'],
    ['悬挑卸料平台没固定在主体上', 'construction-2024-9-3'],
    ['先拆承重墙', 'construction-2024-12-2'],
    ['没有安全生产许可证就进场施工', 'construction-2024-4-1'],
  ],
  specialEquipment: [
    ['电梯门锁被短接', 'special-equipment-2024-4-6-b'],
    ['锅炉安全阀坏了', 'special-equipment-2024-4-2-c'],
    ['行车限位器坏了', 'special-equipment-2024-4-7-d'],
    ['叉车没年检', 'special-equipment-2024-4-10-a'],
    ['氧气瓶里充了氩气', 'special-equipment-2024-4-5-b'],
    ['电梯检验不合格还在用', 'special-equipment-2024-4-6-a'],
    ['锅炉没有水位报警', 'special-equipment-2024-4-2-d'],
    ['压力容器超期未检', 'special-equipment-2024-4-3-a'],
    ['叉车刹车失灵', 'special-equipment-2024-4-10-c'],
    ['报废锅炉还在烧', 'special-equipment-2024-4-1-a'],
    ['液化气站紧急切断坏了', 'special-equipment-2024-4-5-c'],
    ['硫化罐开门联锁坏了', 'special-equipment-2024-4-3-d'],
  ],
  commerce: [
    ['商场安全出口锁了只剩一个', 'fire-2017-6-5'],
    ['宾馆没装喷淋', 'fire-2017-6-6'],
    ['KTV没有烟感报警', 'fire-2017-6-6'],
    ['酒吧疏散门太窄，净宽不够', 'fire-2017-6-5'],
  ],
  campus: [['彩钢板房当宿舍', 'fire-2017-6-9']],
  civilExplosives: [
    ['炸药库存放超量', 'civil-explosives-2024-4'],
    ['雷管和炸药放在一个库', 'civil-explosives-2024-11'],
    ['爆破员没证', 'civil-explosives-2024-3'],
  ],
  fishingVessel: [
    ['渔船上没有救生衣', 'fishing-2022-2'],
    ['把北斗关了出海', 'fishing-2022-4'],
    ['渔船改成钓鱼船载客', 'fishing-2022-7'],
    ['船长没有证书', 'fishing-2022-3'],
  ],
  roadTransport: [
    ['司机疲劳驾驶还让出车', 'road-transport-2023-3'],
    ['用报废车跑运输', 'road-transport-2023-2'],
    ['没有营运证拉客', 'road-transport-2023-1'],
    ['红色暴雨预警还发班车', 'road-transport-2023-4'],
  ],
  elderlyCare: [['养老院老人住在五楼', 'fire-2017-6-8']],
}

describe.each(Object.entries(phrases))('typed by a clerk, %s', (sector, cases) => {
  test.each(cases)('%s', (phrase, item) => {
    const found = suggest(phrase, sector)
    expect(found.map((suggestion) => suggestion.item.id)).toContain(item)
    const reason = reasonOf(
      found.find((suggestion) => suggestion.item.id === item) ?? { scope: 'sector', because: [], heard: [] },
    )
    expect(reason).toMatch(/标准.*；相符的词：\S/)
  })
})

test('a word of one’s own is told with what it means in the standard', () => {
  const [first] = suggest('打磨车间积了厚厚一层灰没清扫', 'industryTrade')
  expect(first && reasonOf(first)).toContain('积尘严重（“厚厚一层灰”）')
})

test.each([
  ['灭火器压力不足', 'industryTrade'],
  ['配电箱门没关', 'industryTrade'],
  ['工人没戴安全帽', 'industryTrade'],
  ['应急照明灯不亮', 'industryTrade'],
  ['护栏松动', 'industryTrade'],
  ['电线私拉乱接', 'industryTrade'],
  ['没有张贴操作规程', 'industryTrade'],
  ['砂轮机没有防护罩', 'industryTrade'],
  ['气瓶没有防倾倒措施', 'industryTrade'],
  ['货物堆放占用过道', 'commerce'],
  ['消火栓被货架挡住', 'commerce'],
  ['临边防护栏杆刷漆脱落', 'construction'],
  ['门店没有公示收费标准', 'gas'],
  ['应急预案没有备案', 'hazchem'],
  ['劳保用品发放记录缺失', 'hazchem'],
])('%s is no major hazard, and nothing is put forward for it', (phrase, sector) => {
  expect(suggest(phrase, sector).map((suggestion) => suggestion.item.id)).toEqual([])
})

test('every meaning stands in some item, or it could find nothing', () => {
  const wording = standards.flatMap(({ items }) => items.map((item) => `${item.group ?? ''} ${item.text}`))
  const pieces = (meaning: string) => Array.from({ length: meaning.length - 1 }, (_, at) => meaning.slice(at, at + 2))
  const idle = words.flatMap(({ means }) =>
    means.filter(
      (meaning) =>
        !wording.some((text) => text.includes(meaning)) &&
        pieces(meaning).every((two) => !wording.some((text) => text.includes(two))),
    ),
  )
  expect(idle).toEqual([])
})
