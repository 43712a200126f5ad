import { BarChart, LineChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { type EChartsCoreOption, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { type ReactNode, useEffect, useRef } from 'react'

// Drawn as SVG: it prints sharply, and a canvas would print empty in old browsers.
use([BarChart, LineChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, SVGRenderer])

export interface ChartProps {
  readonly option: EChartsCoreOption
  readonly label: string
  readonly height: number
  /** Hears which series and which place on the axis was clicked. */
  onPick?(seriesId: string, at: number): void
}

/** The one place that loads the charting code; import it lazily, it is larger than all pages together. */
export default function Chart({ option, label, height, onPick }: ChartProps): ReactNode {
  const host = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!host.current) return
    const chart = init(host.current, undefined, { renderer: 'svg' })
    chart.setOption({ animation: false, ...option })
    if (onPick) {
      chart.on('click', (event) => {
        if (typeof event.seriesId === 'string' && typeof event.dataIndex === 'number')
          onPick(event.seriesId, event.dataIndex)
      })
    }
    const observer = new ResizeObserver(() => chart.resize())
    observer.observe(host.current)
    return () => {
      observer.disconnect()
      chart.dispose()
    }
  }, [option, onPick])
  return <div ref={host} role="img" aria-label={label} style={{ width: '100%', height }} />
}
