import { defineErrors } from '#kernel/errors.ts'

export const listingErrors = defineErrors('listing', {
  hazardUnknown: [422, '没有找到这条隐患，或不在您的管辖范围内'],
  majorOnly: [409, '只有重大事故隐患可以挂牌督办'],
  hazardNotStanding: [409, '这条隐患已经销号或移除，不能挂牌督办'],
  alreadyListed: [409, '这条隐患已有正在办理的挂牌督办'],
  proposerCannotApprove: [409, '提请人不能批准自己提请的挂牌督办，请由其他人员批准'],
  onlyListingBody: [409, '只有挂牌机关可以办理这一步'],
  bodyMissing: [409, '您的账号没有所属机构，不能以挂牌机关的名义批准。请管理员在账号授权中补上机构后再办理'],
  onlyProposer: [409, '提请尚未批准时，由提请人或提请单位撤回；不同意挂牌的，请办理“不予批准”'],
  publicisedOutside: [422, '公示日期须在下达督办令之日与今天之间'],
  documentMissing: [422, '市级、省级挂牌督办，请填写上级文件的文号'],
  dueTooEarly: [422, '办理期限不能早于今天'],
  bodyUnknown: [422, '没有找到所选的督办责任部门，请重新选择'],
  stillOpen: [409, '隐患尚未销号，不能摘牌。请先完成现场复查和销号审批'],
  notPublicised: [409, '挂牌督办信息尚未公示，请先登记公示情况再摘牌'],
  alreadyPublicised: [409, '已经登记过公示情况'],
})
