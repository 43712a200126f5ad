import { defineErrors } from '#kernel/errors.ts'

export const ledgerImportErrors = defineErrors('ledgerimport', {
  uploadUnknown: [422, '没有找到上传的文件，请重新上传'],
  sheetUnknown: [422, '文件中没有所选的工作表，请重新选择'],
  headerUnknown: [
    422,
    '没有找到表头：前40行中没有一行同时写有单位名称、隐患内容、发现时间等列名，请检查是否选对了工作表',
  ],
  tooManyRows: [422, '一次最多导入5万行，请分成几个文件导入'],
  columnTwice: [422, '同一列不能对应两个项目，请修改对应关系'],
  columnMissing: [422, '必须指定乡镇、单位名称、行业领域、隐患内容、发现时间所在的列'],
  rowUnknown: [422, '没有找到这一行'],
  nothingReady: [409, '没有可以导入的行，请先核对标为“需要核对”的行'],
})
