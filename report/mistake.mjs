/** Something that the caller of the action can mend. Its message is a whole sentence for them. */
export class Mistake extends Error {}

/**
 * A value as it may stand in a sentence: short, on one line, nothing that a log obeys.
 * @param {unknown} value
 */
export function shown(value) {
  return String(value)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ')
    .slice(0, 200)
}
