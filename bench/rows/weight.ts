import { weighPages } from '../../scripts/page-weight.mjs'
import type { Row } from '../measure/report.ts'

export function weightRow(): Row {
  const { aim, phone, office, officeCharts, met } = weighPages()
  return {
    id: 'g',
    title: 'JavaScript of login and workbench on the phone, gzipped',
    measured: `${phone.total.toFixed(0)} KiB; office ${office.total.toFixed(0)} KiB, ${officeCharts.length === 0 ? 'no charts' : 'with charts'}`,
    floor: '–',
    ratio: null,
    aim: `≤ ${aim} KiB, no charts in the office entry`,
    met,
    figures: { phone, office },
  }
}
