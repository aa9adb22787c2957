/** Work in numbered parts that threads divide among themselves: whoever is free takes the next one. */
export class SharedWork {
  /** For another thread, which makes its own of it. */
  readonly counter: SharedArrayBuffer

  constructor(counter = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.counter = counter
  }

  /**
   * @param count how many parts are taken at once
   * @returns the number of the first of them, from 0; there may be no such part any more
   */
  take(count = 1): number {
    return Atomics.add(new Int32Array(this.counter), 0, count)
  }
}
