/** English as dictionaries have it, in its American and its British spelling. */
import americanDictionary from 'dictionary-en'
import britishDictionary from 'dictionary-en-gb'
import nspell from 'nspell'

export interface Dictionary {
  knows: (word: string) => boolean
  /** The words that are one letter away, or two that changed places. */
  near: (word: string) => string[]
}

/** @param language a language tag; where it names a country, the spelling of that country counts */
export function englishDictionary(language: string): Dictionary {
  const spellers = dictionariesOf(language).map(({ aff, dic }) => nspell(Buffer.from(aff), Buffer.from(dic)))
  const knows = (word: string) => spellers.some((speller) => speller.correct(word))
  return {
    knows,
    // The suggestions of nspell take 0.2 s for each word that has none near it.
    near: (word) => [...new Set(oneLetterAway(word))].filter(knows),
  }
}

const letters = 'abcdefghijklmnopqrstuvwxyz'

/** Swaps first: they are the most frequent mistake. */
function oneLetterAway(word: string): string[] {
  const cuts = Array.from({ length: word.length + 1 }, (_, at) => [word.slice(0, at), word.slice(at)] as const)
  return [
    ...cuts.map(([before, after]) => before + after.charAt(1) + after.charAt(0) + after.slice(2)),
    ...cuts.map(([before, after]) => before + after.slice(1)),
    ...cuts.flatMap(([before, after]) => [...letters].map((letter) => before + letter + after)),
    ...cuts.flatMap(([before, after]) => [...letters].map((letter) => before + letter + after.slice(1))),
  ]
}

function dictionariesOf(language: string) {
  switch (language) {
    case 'en-US':
      return [americanDictionary]
    case 'en-GB':
      return [britishDictionary]
    default:
      return [americanDictionary, britishDictionary]
  }
}
