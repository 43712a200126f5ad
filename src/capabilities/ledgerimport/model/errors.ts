import { defineErrors } from '#kernel/errors.ts'

export const ledgerImportErrors = defineErrors('ledgerimport', {
  uploadUnknown: [422, '没有找到上传的文件，请重新上传'],
  sheetUnknown: [422, '文件中没有所选的工作表，请重新选择'],
  sheetEmpty: [422, '这张工作表是空的，请选择有内容的工作表'],
  headerEmpty: [422, '所指的行里没有列名，请看预览重新填写表头所在的行号'],
  headerSettled: [409, '已有行导入，不能再改表头；请重新上传文件'],
  tooManyRows: [422, '文件的行数超过一次导入的上限，请分成几个文件导入'],
  columnTwice: [422, '同一列不能对应两个项目，请修改对应关系'],
  columnMissing: [422, '必须指定乡镇、单位名称、行业领域、隐患内容、发现时间所在的列'],
  rowUnknown: [422, '没有找到这一行'],
  unitUnknown: [422, '没有找到所选单位，或该单位已注销，请重新选择'],
  unitElsewhere: [422, '所选单位不在这一行的乡镇，请先更正乡镇或另选单位'],
  nothingReady: [409, '没有可以导入的行，请先核对标为“需要核对”的行'],
})
