/** Which days there are. Apart from their schemas: what reads a clock needs no more. */
const partialDayPattern = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** Whether the text is a year, a month or a day that exists. */
export function isRealDay(text: string): boolean {
  if (!partialDayPattern.test(text)) return false
  const year = Number(text.slice(0, 4))
  const month = text.length > 4 ? Number(text.slice(5, 7)) : 1
  const day = text.length > 7 ? Number(text.slice(8)) : 1
  return year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}
