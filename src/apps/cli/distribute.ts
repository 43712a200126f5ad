import { distribute } from '#platform/db/distribution.ts'
import { type Command, readArgs } from './command.ts'

export const dbDistribute: Command = {
  words: 'db distribute',
  usage: 'db distribute [--dry-run]',
  purpose: '把业务表按县分布到 Citus 集群的各节点（数据库须已安装 citus 扩展）；--dry-run 只列出将执行的语句',
  prepare(args) {
    const dry = readArgs(args, { 'dry-run': { type: 'boolean' } })['dry-run'] === true
    return async ({ database }, say) => {
      const done = await distribute(database.pool, dry)
      if (done === 'noExtension') {
        say('这个数据库没有安装 citus 扩展，没有改动。单个县不需要分布；需要时请先在集群上执行 create extension citus')
        return 1
      }
      if (done.steps.length === 0) say('所有业务表都已分布，没有要做的')
      else if (dry) for (const step of done.steps) say(`${step};`)
      else say(`已执行 ${done.steps.length} 条语句，业务表已按县分布`)
      return 0
    }
  },
}
