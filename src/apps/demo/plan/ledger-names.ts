/** What things of a ledger are called where “清单1号” would tell nothing; more names than a ledger has made-up items. */
const names: Readonly<Record<string, readonly string[]>> = {
  institutions: [
    '重大事故隐患约谈督办制度',
    '有限空间作业报备管理办法',
    '企业自查奖惩办法',
    '非煤矿山安全预防控制体系文件',
    '举报奖励实施细则',
    '工贸企业动火作业管理规定',
    '农村道路交通安全联合劝导机制',
    '小微企业安全托管服务标准',
  ],
  'law-proposals': [
    '关于修订燃气管理地方性法规的建议',
    '关于制定电动自行车集中充电地方标准的建议',
    '关于明确小型加工点监管分工的建议',
    '关于制定民宿消防技术地方标准的建议',
    '关于修订烟花爆竹零售点布设标准的建议',
    '关于制定农村自建房施工安全规章的建议',
    '关于完善有限空间作业地方标准的建议',
    '关于明确油气管道占压处置程序的建议',
  ],
}

/** The name of the nth thing of a ledger, marked as made up; undefined where a number will do. */
export function nameFor(ledger: string, nth: number): string | undefined {
  const known = names[ledger]
  return known && `${known[nth % known.length]}（演示）`
}
