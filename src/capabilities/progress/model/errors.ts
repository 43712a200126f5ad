import { defineErrors } from '#kernel/errors.ts'

export const progressErrors = defineErrors('progress', {
  otherBody: [409, '只有填报单位可以办理这一步'],
  onlyHead: [409, '报送前须经本单位审核，请由本单位负责人审核'],
  onlyOffice: [409, '本单位审核后由县安委办办理'],
  ownWork: [409, '报送、审核须由不同人员办理，请由其他人员审核'],
  periodLocked: [409, '本期已经锁定，不能再报送或退回。数字有误的，由县安委办办理“更正”'],
  notOpen: [409, '本期尚未开始报送'],
  notDue: [409, '本期报送期限未到，不能锁定'],
  numberUnknown: [422, '没有找到要更正的数字，请重新选择'],
  sameNumber: [422, '更正后的数字与现在的数字相同'],
})
