import { createServer } from 'node:net'
import { ConfigError } from './config.ts'

/** Why an address cannot be listened on, as a ConfigError in Chinese; undefined when the error is of another kind. */
export function listenRefusal(error: unknown, port: number, host: string): ConfigError | undefined {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new ConfigError(
        `端口 ${port} 已被别的程序占用。请换一个端口启动，例如 PORT=${port < 65_535 ? port + 1 : 8080} npm start`,
      )
    case 'EACCES':
      return new ConfigError(`没有使用端口 ${port} 的权限。请换一个 1024 以上的端口，例如 PORT=8080 npm start`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new ConfigError(
        `HOST=${host} 不是本机的地址。请填写本机的一个地址，或 127.0.0.1（只供本机）、0.0.0.0（所有地址）`,
      )
  }
}

/** Finds out before anything is made whether the address can be listened on. Throws ConfigError. */
export function probePort(port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error) => reject(listenRefusal(error, port, host) ?? error))
    probe.listen({ port, host }, () => probe.close(() => resolve()))
  })
}
