import { defineErrors } from '#kernel/errors.ts'

export const directoryErrors = defineErrors('directory', {
  areaUnknown: [422, '没有找到所选的乡镇或村（社区），请重新选择'],
  sectorUnknown: [422, '没有找到所选的行业领域，请重新选择'],
  creditCodeTaken: [
    409,
    '这个统一社会信用代码已登记在另一单位名下，请先查询名录；如属同一单位的分场所，类别请选“场所”',
  ],
  probableDuplicate: [409, '名录中已有名称相近的单位，请核对是否同一单位；确认不是的，勾选“确认不是同一单位”后再提交'],
  movedOutOfScope: [422, '调整后的乡镇或行业超出您的管辖范围，请由县安委办办理'],
  positionSwapped: [422, '经度和纬度填反了，请对调后再提交'],
  positionOutside: [422, '填写的位置不在本县范围内，请核对经度、纬度和坐标系；暂时不知道的可以不填'],
  personUnknown: [422, '没有找到所选人员，请重新选择或直接填写姓名和电话'],
  personNotHere: [422, '该人员现在没有在本单位任职，不能从本单位修改'],
  idNumberTaken: [409, '这个身份证号码已登记在另一姓名的人员名下，请核对姓名和号码'],
  postUnknown: [422, '没有找到这一任职记录，可能已被撤销，请刷新后重试'],
  postEnded: [409, '这一任职已经结束，不能重复办理'],
  postDaysWrong: [422, '离任日期不能早于任职日期，也不能晚于今天'],
  alreadyHolds: [409, '此人现在已担任这一职务，不需要重复登记'],
  overrideSame: [422, '单位的高危标识与所选一致，不需要调整'],
  areaNotTown: [422, '只有乡镇和开发区可以列为督导单位，请选择乡镇或开发区'],
  supervisionSame: [422, '这个区域现在就是所选的情况，不需要调整'],
  bodyUnknown: [422, '没有找到所选的机构，请重新选择'],
  importUnreadable: [422, '没有找到上传的文件，或文件里没有可读的表格，请重新上传 .xlsx 或 .csv 文件'],
  importTooLong: [422, '表中的行数超过一次导入的上限，请按乡镇拆成几个文件后分别导入'],
})
