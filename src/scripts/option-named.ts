/**
 * The choice that a word means: its value, or one of its other words (`data-words`, a line for each). Empty is no word.
 * @returns its value; undefined where it means none
 */
export function optionNamed({ options }: HTMLSelectElement, word: string): string | undefined {
  const wanted = word.trim().toLowerCase()
  if (wanted === '') return undefined
  return [...options].find(({ value, dataset }) => value === wanted || dataset.words?.split('\n').includes(wanted))
    ?.value
}
