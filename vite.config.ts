import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { type Connect, defineConfig, type Plugin } from 'vite'

const root = resolve(import.meta.dirname, 'src/apps/web')
/** The light page for phones; it has a document of its own so that nothing of the office application is loaded. */
const phonePage = resolve(root, 'm/index.html')

/** The server beside which the pages are developed listens where PORT says. */
const api = { '/api': { target: `http://127.0.0.1:${process.env.PORT?.trim() || '8080'}`, changeOrigin: false } }

/** A page deep in the phone entry is the phone's document, as the server answers it; Vite alone would give the office's. */
const phoneFallback: Connect.NextHandleFunction = (request, _response, next) => {
  // By what is asked for, not by a dot in the address: the forms' addresses end in names such as `hazard.accept`.
  if (/^\/m([/?]|$)/.test(request.url ?? '') && request.headers.accept?.includes('text/html')) {
    request.url = '/m/index.html'
  }
  next()
}
const phoneEntry: Plugin = {
  name: 'phone-entry',
  configureServer: ({ middlewares }) => void middlewares.use(phoneFallback),
  configurePreviewServer: ({ middlewares }) => void middlewares.use(phoneFallback),
}

export default defineConfig({
  root,
  plugins: [react(), phoneEntry],
  server: { host: '127.0.0.1', port: 5173, proxy: api },
  preview: { host: '127.0.0.1', port: 4173, proxy: api },
  build: {
    outDir: resolve(import.meta.dirname, 'dist/web'),
    emptyOutDir: true,
    // County offices run browsers (360, Edge on old Windows) whose engine is years behind.
    target: ['chrome90', 'edge90', 'firefox90', 'safari15'],
    chunkSizeWarningLimit: 1300,
    rolldownOptions: {
      input: [resolve(root, 'index.html'), ...(existsSync(phonePage) ? [phonePage] : [])],
      output: {
        codeSplitting: {
          groups: [
            // What the compiler adds for old engines; in antd's chunk it would make the phone load all of antd.
            { name: 'runtime', test: /oxc-project/, priority: 40 },
            // Charts are only ever imported lazily; without a name of their own they would be pulled into the entry.
            { name: 'echarts', test: /node_modules[\\/](echarts|zrender)[\\/]/, priority: 30 },
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 20 },
            {
              name: 'antd',
              test: /node_modules[\\/](antd|@ant-design|@rc-component|rc-[^\\/]+|dayjs)[\\/]/,
              priority: 10,
            },
          ],
        },
      },
    },
  },
})
