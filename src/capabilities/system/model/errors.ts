import { defineErrors } from '#kernel/errors.ts'

export const systemErrors = defineErrors('system', {
  parameterUnknown: [422, '没有这个参数，请从参数表中选择'],
  parameterKind: [422, '参数值的类型与原值不同，请按原来的形式填写'],
  parameterPast: [422, '生效日期不能早于今天：已经按旧值办理的事项不能改写，请从今天或以后生效'],
  parameterMoved: [409, '这个参数刚刚被他人改过，请刷新后核对再提交', true],
  parameterHolds: [409, '这个值已经生效，不能撤回；要改用另一个值，请办理“修改参数”'],
  dayOutsideYear: [422, '放假和调休日期必须在所选年份之内'],
  dayTwice: [422, '同一天不能既放假又上班，也不能重复填写'],
  workdayOnWeekday: [422, '调休上班的日期应当是周六或周日'],
  yearEmpty: [422, '标为已录全的年份不能一个放假日也没有，请录入放假日，或先不标为已录全'],
  yearTaken: [409, '这一年的日历已经开立，请打开该年后修改', true],
})
