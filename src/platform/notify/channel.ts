import { createHmac } from 'node:crypto'

/** A notice on its way out of the product. */
export interface OutgoingMessage {
  readonly id: string
  readonly kind: string
  readonly title: string
  readonly body: string
  readonly recordType: string
  readonly recordId: string
  readonly createdAt: Date
  readonly recipient: {
    readonly kind: string
    readonly id: string
    readonly name: string
    readonly phones: readonly string[]
  }
}

/** A way out of the product (SMS gateway, the county's message platform). Throws when the message was not taken. */
export interface Channel {
  readonly id: string
  /** Sends and answers the address used, as it shall be shown in the list of deliveries. Gives up when `signal` aborts. */
  send(message: OutgoingMessage, signal?: AbortSignal): Promise<string>
}

/**
 * What an SMS gateway must offer; the county's provider implements it. `send` throws when the gateway refused. The id is
 * the same whenever the same text is sent to the same phone again, so that the gateway can drop repeats.
 */
export interface SmsGateway {
  send(phone: string, text: string, id: string): Promise<void>
}

/** SMS as a channel: every phone of the recipient, title and body in one text. Throws when there is no phone. */
export function smsChannel(gateway: SmsGateway): Channel {
  return {
    id: 'sms',
    async send(message) {
      const { phones } = message.recipient
      if (phones.length === 0) throw new Unreachable('名录中没有接收人的手机号，请补充后重发')
      // Were one of several phones refused, all would be tried again: hence an id per phone.
      const text = `${message.title}：${message.body}`
      for (const phone of phones) await gateway.send(phone, text, `${message.id}:${phone}`)
      return phones.map((phone) => `${phone.slice(0, 3)}****${phone.slice(-4)}`).join('、')
    },
  }
}

/** The message cannot be sent as things stand; trying again by itself would not help. */
export class Unreachable extends Error {}

export interface WebhookOptions {
  readonly url: string
  readonly secret: string
  readonly now: () => Date
  readonly timeoutMs?: number
}

/** HMAC-SHA256 over `<unix seconds>.<body>`, hex. The receiver refuses old times, so a recorded call cannot be replayed. */
export function webhookSignature(secret: string, seconds: number, body: string): string {
  return createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
}

/** POSTs the message as JSON with `x-zhiben-id`, `x-zhiben-time` and `x-zhiben-signature`; any 2xx answer means taken. */
export function webhookChannel(options: WebhookOptions): Channel {
  return {
    id: 'webhook',
    async send(message, signal) {
      const body = JSON.stringify(message)
      const seconds = Math.floor(options.now().getTime() / 1000)
      const response = await fetch(options.url, {
        method: 'POST',
        redirect: 'error',
        signal: AbortSignal.any([AbortSignal.timeout(options.timeoutMs ?? 10_000), ...(signal ? [signal] : [])]),
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'x-zhiben-id': message.id,
          'x-zhiben-time': String(seconds),
          'x-zhiben-signature': webhookSignature(options.secret, seconds, body),
        },
        body,
      })
      await response.body?.cancel()
      if (!response.ok) throw new Error(`接收方返回 ${response.status}`)
      return new URL(options.url).host
    },
  }
}
