/** Values as nobody should write them: each is a good one with one thing in it that has another shape. */

/** Shapes that content and JSON both have. */
const shapesOfContent: readonly unknown[] = [
  ...[
    '',
    ' ',
    'x',
    '5',
    'true',
    'a\nb',
    '\u202e',
    'x'.repeat(9000),
    'https://a@b.example/',
    'javascript:x',
    '2026-02-30',
  ],
  ...[[], {}, [[]], [{}], ['x'], { x: 'y' }, { 'X Y': {} }, Array.from({ length: 300 }, (_, index) => `x${index}`)],
]

export const shapesOfJson: readonly unknown[] = [...shapesOfContent, null, 0, 5, 1.5, -1, 1e20, 9e15, true, false]

/** All values that differ from a good one in one place: another shape there, nothing, or a key more. */
export function* wrongShapesOf(good: unknown, shapes = shapesOfContent): Generator {
  yield* shapes
  if (typeof good !== 'object' || good === null) return
  if (Array.isArray(good)) {
    const list: readonly unknown[] = good
    for (const [index, item] of list.entries()) {
      for (const wrong of wrongShapesOf(item, shapes)) yield list.with(index, wrong)
    }
    return
  }
  for (const [key, value] of Object.entries(good)) {
    for (const wrong of wrongShapesOf(value, shapes)) yield { ...good, [key]: wrong }
    yield Object.fromEntries(Object.entries(good).filter(([other]) => other !== key))
  }
  yield { ...good, nobodysKey: 'x' }
}

/** What zod says where a schema has no words of its own. */
export const wordsOfZod =
  /Invalid (?:input|option|string|number|key|value|discriminator|URL|ISO)|Too (?:big|small)|Unrecognized key|received /
