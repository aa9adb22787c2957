/**
 * How much may come in at once: connections, and bytes of bodies that have not ended. Where it is too
 * much, the connection that has kept us waiting longest goes. Those who mean it send at once, and are
 * answered before it would be their turn.
 */
import type { Socket } from 'node:net'

export interface IntakeLimits {
  connections: number
  /** Bytes of all bodies together that are still coming. */
  bytes: number
}

export class Intake {
  private readonly limits: IntakeLimits
  /** Connections that owe us something, in the order since when; with the bytes that they hold. */
  private readonly owing = new Map<Socket, number>()
  /** How many requests of a connection are being answered. */
  private readonly answering = new Map<Socket, number>()
  private held = 0
  /** How many connections had to go for others. */
  evicted = 0

  constructor(limits: IntakeLimits) {
    this.limits = limits
  }

  get connections(): number {
    return this.owing.size + this.answering.size
  }

  /** Bytes of bodies that are held. */
  get bytes(): number {
    return this.held
  }

  /** Takes a new connection in; another one may have to go. */
  connect(socket: Socket): void {
    if (this.connections >= this.limits.connections && !this.evictOldest()) {
      // All of them are being answered.
      this.evicted += 1
      socket.destroy()
      return
    }
    this.owing.set(socket, 0)
    socket.once('close', () => {
      this.release(socket)
      this.owing.delete(socket)
      this.answering.delete(socket)
    })
  }

  /** Notes bytes of a body. They are held until `release`. */
  take(socket: Socket, bytes: number): void {
    if (!this.owing.has(socket)) return
    this.owing.set(socket, (this.owing.get(socket) ?? 0) + bytes)
    this.held += bytes
    while (this.held > this.limits.bytes && this.evictOldest());
  }

  /** A body is read, or given up. */
  release(socket: Socket): void {
    const bytes = this.owing.get(socket) ?? 0
    if (bytes === 0) return
    this.held -= bytes
    this.owing.set(socket, 0)
  }

  /** A request is complete: from now on its sender waits for us. */
  begin(socket: Socket): void {
    this.release(socket)
    this.owing.delete(socket)
    this.answering.set(socket, (this.answering.get(socket) ?? 0) + 1)
  }

  /** It is answered; the connection may bring another one. */
  end(socket: Socket): void {
    const left = (this.answering.get(socket) ?? 1) - 1
    if (left > 0) {
      this.answering.set(socket, left)
      return
    }
    if (this.answering.delete(socket) && !socket.destroyed) this.owing.set(socket, 0)
  }

  /** Ends all connections that owe us something. */
  dropOwing(): void {
    while (this.evictOldest());
  }

  private evictOldest(): boolean {
    const [oldest] = this.owing.keys()
    if (!oldest) return false
    this.evicted += 1
    this.release(oldest)
    this.owing.delete(oldest)
    oldest.destroy()
    return true
  }
}
