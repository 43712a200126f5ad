import { defineErrors } from '#kernel/errors.ts'

export const criteriaErrors = defineErrors('criteria', {
  standardTwice: [409, '判定标准库里已有同一文号、同一施行日期的标准，请打开该标准后修改'],
  sectorUnknown: [422, '没有所选的行业领域，请重新选择'],
  standardUnknown: [422, '没有找到所选的旧标准，请刷新后重新选择'],
  supersededTooEarly: [422, '新标准的施行日期应晚于被替代标准的施行日期，请核对'],
  supersededAlready: [409, '所选的旧标准到新标准施行之日已由别的标准替代，请改选届时有效的标准'],
  endFixed: [409, '这部标准的失效日期由替代它的新标准决定，不能另改；要改日期，请办理新标准的撤回后重新发布'],
  standardHolds: [409, '这部标准已经施行，不能撤回：已有判定可能引用它。条文有误的请修改条目，已废止的请填写失效日期'],
  standardOfPack: [409, '这部标准来自数据包，不能撤回；要改它的内容，请办理“修改标准信息”或“修改条目”'],
  standardWithdrawn: [409, '这部标准已经撤回，不能再办理，请重新发布'],
  itemsThere: [409, '这部标准的条文已经录入，请逐条修改；整部修订的，请发布新版本'],
  itemUnknown: [422, '没有找到这一条，请刷新后重试'],
  itemTwice: [409, '这部标准里已有同一条号的条目，请核对条号'],
  importUnreadable: [
    422,
    '没有读到条文表：请上传填好的模板（.xlsx 或 .csv），首个工作表须有“条号”“条文”两列；或上传数据包的标准文件（.yaml）',
  ],
  importTooLong: [422, '条文表太长，一部标准最多500条，请核对是否上传了别的表'],
  importFaulty: [422, '条文表中还有问题，请按提示改好后重新上传'],
  notAmended: [409, '这部标准没有在县里修改过，不需要恢复'],
})
