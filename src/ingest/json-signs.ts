/** The signs of JSON: what stands outside of its strings. */

/**
 * A string ends with its line, as in JSON no other does: in a broken line nothing behind it is lost.
 * @param visit gets the code of each character outside of strings; where it answers true, nobody looks further
 * @returns whether it did
 */
export function signsIn(text: string, visit: (code: number) => boolean): boolean {
  let inString = false
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (inString) {
      if (code === 92) index += 1
      else if (code === 34 || code === 10) inString = false
    } else if (code === 34) inString = true
    else if (visit(code)) return true
  }
  return false
}
