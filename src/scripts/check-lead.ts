/** Leads whoever asked for a check to what came of it, unless they have gone elsewhere meanwhile. */
export class Lead {
  /** What goes away when the check ends: the focus in it is free. */
  private readonly busy: HTMLElement
  private origin: Element | null | undefined

  constructor(busy: HTMLElement) {
    this.busy = busy
  }

  /** Notes where the reader is. */
  begin(): void {
    this.origin = document.activeElement
  }

  /** Leads nobody to what comes: it was not asked for, or no longer. */
  forget(): void {
    this.origin = undefined
  }

  to(target: HTMLElement): void {
    const { origin } = this
    this.forget()
    const { activeElement: active } = document
    const isFree = active === null || active === document.body || active === origin || this.busy.contains(active)
    if (origin === undefined || !isFree) return
    target.focus({ preventScroll: true })
    const { top } = target.getBoundingClientRect()
    if (top < 0 || top > innerHeight / 2) target.scrollIntoView()
  }
}
