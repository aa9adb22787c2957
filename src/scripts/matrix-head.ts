/**
 * The heads of a matrix that scrolls sideways, at the top of the screen while its rows are read. CSS holds them there only where the page
 * itself scrolls; here a copy does it, for the eyes and for pointers: the table has its own heads for everybody else.
 */
const scroller = document.querySelector<HTMLElement>('.matrix-scroller')
const table = scroller?.querySelector('table')
if (scroller && table?.tHead) hold(scroller, table, table.tHead)

function hold(scroller: HTMLElement, table: HTMLTableElement, head: HTMLTableSectionElement): void {
  const bar = document.createElement('div')
  bar.className = 'matrix-head'
  bar.ariaHidden = 'true'
  bar.hidden = true
  scroller.before(bar)
  let isAcross = false

  const follow = () => {
    bar.scrollLeft = scroller.scrollLeft
  }
  const draw = () => {
    bar.hidden = !isAcross || getComputedStyle(scroller).overflowX === 'visible'
    if (bar.hidden) return
    bar.replaceChildren(copyOf(table, head))
    // It takes no room of its own.
    bar.style.marginBlockEnd = `${-bar.offsetHeight}px`
    follow()
  }
  // While the upper edge of the screen goes through the table.
  new IntersectionObserver(
    ([entry]) => {
      isAcross = entry?.isIntersecting === true
      draw()
    },
    { rootMargin: '0px 0px -100% 0px' },
  ).observe(scroller)
  new ResizeObserver(draw).observe(table)
  new MutationObserver(draw).observe(head, { childList: true, subtree: true, attributeFilter: ['hidden'] })
  scroller.addEventListener('scroll', follow, { passive: true })
}

/** As wide as the table, column by column. */
function copyOf(table: HTMLTableElement, head: HTMLTableSectionElement): HTMLTableElement {
  const copy = document.createElement('table')
  copy.style.width = `${table.offsetWidth}px`
  const copied = copy.appendChild(document.createElement('thead'))
  copied.append(...[...head.rows].map((row) => row.cloneNode(true)))
  const cells = head.querySelectorAll('th')
  for (const [place, { style }] of copied.querySelectorAll('th').entries()) {
    style.width = `${cells[place]?.offsetWidth ?? 0}px`
    style.height = `${cells[place]?.offsetHeight ?? 0}px`
  }
  for (const link of copied.querySelectorAll('a')) link.tabIndex = -1
  return copy
}
