/**
 * How much may come in at once: connections, and bytes of bodies. Where it is too much, the connection
 * that has kept us waiting longest goes. Those who mean it send at once, and are answered before it
 * would be their turn.
 */
import type { Socket } from 'node:net'

export interface IntakeLimits {
  connections: number
  /** Bytes of all bodies together, those that are still coming and those that are being answered. */
  bytes: number
}

/** The bytes of one body. */
export interface Hold {
  /** Notes that more have come. False where they are too many, and must be let go. */
  add: (bytes: number) => boolean
  /** The body is no longer needed. */
  release: () => void
}

export class Intake {
  private readonly limits: IntakeLimits
  /** Connections that owe us something, in the order since when. */
  private readonly owing = new Set<Socket>()
  /** How many requests of a connection are being answered. */
  private readonly answering = new Map<Socket, number>()
  private readonly holds = new Map<Socket, Set<Hold>>()
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
    this.owing.add(socket)
    socket.once('close', () => {
      this.forget(socket)
    })
  }

  /** Bytes of a body that comes on a connection. */
  hold(socket: Socket): Hold {
    let bytes = 0
    let isReleased = false
    const ofSocket = this.holds.get(socket) ?? new Set()
    this.holds.set(socket, ofSocket)
    const hold: Hold = {
      add: (more) => {
        if (isReleased) return false
        bytes += more
        this.held += more
        while (this.held > this.limits.bytes && this.evictOldest(socket));
        return this.held <= this.limits.bytes
      },
      release: () => {
        if (!isReleased) this.held -= bytes
        isReleased = true
        ofSocket.delete(hold)
        if (ofSocket.size === 0) this.holds.delete(socket)
      },
    }
    ofSocket.add(hold)
    return hold
  }

  /** A request is complete: from now on its sender waits for us. */
  begin(socket: Socket): void {
    this.owing.delete(socket)
    this.answering.set(socket, (this.answering.get(socket) ?? 0) + 1)
  }

  /** It is answered; the connection may bring another one. */
  end(socket: Socket): void {
    const left = (this.answering.get(socket) ?? 1) - 1
    if (left > 0) this.answering.set(socket, left)
    else if (this.answering.delete(socket) && !socket.destroyed) this.owing.add(socket)
  }

  /** Ends all connections that owe us something. */
  dropOwing(): void {
    while (this.evictOldest());
  }

  /** @param but a connection that can be told why, and so is not cut off */
  private evictOldest(but?: Socket): boolean {
    const [oldest] = this.owing
    if (!oldest || oldest === but) return false
    this.evicted += 1
    this.forget(oldest)
    oldest.destroy()
    return true
  }

  private forget(socket: Socket): void {
    this.owing.delete(socket)
    this.answering.delete(socket)
    for (const hold of [...(this.holds.get(socket) ?? [])]) hold.release()
  }
}
