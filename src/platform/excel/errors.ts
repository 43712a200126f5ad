import { defineErrors } from '#kernel/errors.ts'

export const excelErrors = defineErrors('excel', {
  oldFormat: [422, '这是旧版 .xls 或加密的文件，请在 Excel/WPS 中打开，另存为“Excel 工作簿（.xlsx）”后再上传'],
  notWorkbook: [422, '文件不是有效的 .xlsx 工作簿，请确认文件能用 Excel/WPS 打开后再上传'],
  tooLarge: [422, '表格内容过大，请按乡镇或年份拆成几个文件后分别导入'],
  unsafe: [422, '文件中含有不允许的 XML 定义，可能已损坏或被改动，请另存为新的 .xlsx 后再上传'],
  noSheet: [422, '没有找到这个工作表，请重新选择'],
  badText: [422, '文件的文字编码无法识别，请另存为 UTF-8 编码的 CSV 或 .xlsx 后再上传'],
})
