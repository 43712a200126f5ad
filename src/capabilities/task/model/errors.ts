import { defineErrors } from '#kernel/errors.ts'

export const taskErrors = defineErrors('task', {
  onlyIssuer: [409, '只有下达任务的单位可以办理这一步'],
  onlyAssignee: [409, '只有承办单位可以办理这一步；协办单位可以登记进展'],
  reviewerIsSubmitter: [409, '报送人不能审核自己报送的内容，请由其他人员审核'],
  bodyMissing: [409, '您的账号没有所属机构，不能以机构名义办理。请管理员在账号授权中补上机构后再办理'],
  bodyUnknown: [422, '没有找到所选的机构，请重新选择'],
  assigneeIsCo: [422, '承办单位不能同时是协办单位，请从协办单位中去掉'],
  dueTooEarly: [422, '完成期限不能早于今天'],
  notLater: [422, '延期后的期限须晚于现在的期限'],
  paperMissing: [422, '备案须上传备案件，请先添加文件再报送'],
  wrongReceiver: [422, '所选的机构和办理单位不一致，请重新选择'],
  meetingLate: [422, '会议日期不能晚于今天'],
  nobodyCame: [422, '请至少选择一个参加单位或填写一名参加人员'],
  decisionIncomplete: [422, '要转为任务的议定事项，须写明承办单位和完成期限'],
  noRightToIssue: [409, '议定事项转为任务须由县安委办办理；请只记录议定内容，由县安委办下达'],
  onlyHost: [409, '只有主办会议的单位可以办理这一步'],
  chainLead: [422, '没有牵头单位的环节请留空，不要填写未登记的机构'],
})
