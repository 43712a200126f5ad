import { defineErrors } from '#kernel/errors.ts'

export const dutyErrors = defineErrors('duty', {
  itemUnknown: [422, '没有找到这项职责，或不在您的管辖范围内'],
  formUnknown: [422, '没有这种履责记录表，请刷新页面后重新选择'],
  formOther: [422, '所选的记录表不能用来履行这项职责，请刷新页面后重新选择'],
  onlyUnit: [409, '这项职责由单位自己履行和填报，请由该单位的人员登录后填报'],
  onlyBody: [409, '这项职责由责任机构填报，请由责任机构或县安委办的人员填报'],
  dayMissing: [422, '请填写履责日期'],
  dayFuture: [422, '履责日期不能晚于今天'],
  dayTooEarly: [422, '履责日期早于这项职责的开始日期，请核对'],
  oneDay: [422, '这种记录一次只填一天，几天的请分别填报'],
  dayTwice: [422, '日期有重复，请删去重复的一个'],
  amountMissing: [422, '请填写数量'],
  filesMissing: [422, '请上传要求的照片或材料后再提交'],
  recorderCannotVerify: [409, '填报人不能核验自己填报的记录，请由其他人员核验'],
  notVerifier: [409, '这项记录不由您核验，请由规定的核验单位办理'],
  ruleUnknown: [422, '没有这项职责，请刷新页面后重新选择'],
  daysReversed: [422, '结束日期不能早于开始日期'],
  alreadyExempt: [409, '这一对象在所选时间内已有豁免，请先撤销原来的豁免'],
  reprojectFuture: [422, '重新推算从过去的某一天开始，今后的会自动推算'],
})
