/** Files that are dropped anywhere on the page, or pasted into it. */

/**
 * @param zone what shows that files may be dropped
 * @param take is given the files
 */
export function takeDrops(zone: HTMLElement, take: (files: readonly File[]) => void): void {
  let depth = 0
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true
  addEventListener('dragenter', (event) => {
    if (!hasFiles(event)) return
    depth += 1
    zone.dataset.over = ''
  })
  addEventListener('dragleave', (event) => {
    if (!hasFiles(event)) return
    depth -= 1
    if (depth <= 0) delete zone.dataset.over
  })
  // A file that misses the zone would be opened in place of the page.
  addEventListener('dragover', (event) => {
    if (hasFiles(event)) event.preventDefault()
  })
  addEventListener('drop', (event) => {
    if (!hasFiles(event)) return
    event.preventDefault()
    depth = 0
    delete zone.dataset.over
    take([...(event.dataTransfer?.files ?? [])])
  })
}

/** @param take is given the files, or the text where there are none */
export function takePastes(take: (files: readonly File[], text: string) => void): void {
  addEventListener('paste', (event) => {
    // What is pasted into a field stays there.
    if (event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement) return
    take([...(event.clipboardData?.files ?? [])], event.clipboardData?.getData('text/plain') ?? '')
  })
}
