import { type AddressInfo, createServer, type Server, Socket } from 'node:net'

/** The network between a product and its database, which the test can cut and mend. */
export interface Wire {
  /** The database's address, by way of here. */
  readonly url: string
  /** Breaks every connection and refuses new ones, as when the database server is stopped. */
  cut(): Promise<void>
  /** Lets nothing through any more and tells nobody, as when a cable is pulled. */
  hush(): void
  /** Everything works again; what was silent is broken, as by a machine that has come up anew. */
  mend(): Promise<void>
  close(): Promise<void>
}

export async function wireTo(databaseUrl: string): Promise<Wire> {
  const target = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  let silent = false
  const server = createServer((near) => {
    sockets.add(near)
    near.on('error', () => near.destroy())
    near.once('close', () => sockets.delete(near))
    // Taken and never answered: a packet that arrives nowhere.
    if (silent) return
    const far = new Socket()
    far.on('error', () => near.destroy())
    far.once('close', () => near.destroy())
    near.once('close', () => far.destroy())
    far.connect(Number(target.port), target.hostname)
    near.on('data', (chunk) => silent || far.write(chunk))
    far.on('data', (chunk) => silent || near.write(chunk))
  })
  const port = await listen(server, 0)
  const url = new URL(databaseUrl)
  url.hostname = '127.0.0.1'
  url.port = String(port)
  const breakAll = () => {
    for (const socket of sockets) socket.resetAndDestroy()
  }
  const cut = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    breakAll()
    await closed
  }
  return {
    url: url.toString(),
    cut,
    hush() {
      silent = true
    },
    async mend() {
      silent = false
      breakAll()
      if (!server.listening) await listen(server, port)
    },
    close: async () => {
      if (server.listening) await cut()
    },
  }
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return (server.address() as AddressInfo).port
}
