const names: Readonly<Record<string, string>> = {
  assembly: 'assembly',
  c: 'C',
  clojure: 'Clojure',
  cpp: 'C++',
  csharp: 'C#',
  elm: 'Elm',
  erlang: 'Erlang',
  fortran: 'Fortran',
  go: 'Go',
  haskell: 'Haskell',
  java: 'Java',
  javascript: 'JavaScript',
  lua: 'Lua',
  perl: 'Perl',
  php: 'PHP',
  python: 'Python',
  ruby: 'Ruby',
  rust: 'Rust',
  scala: 'Scala',
  shell: 'shell',
  swift: 'Swift',
  typescript: 'TypeScript',
  zig: 'Zig',
}

/** The name of a programming language, by its id: `cpp` is C++. An id without a name stays as it is. */
export function languageInWords(id: string): string {
  return Object.hasOwn(names, id) ? (names[id] ?? id) : id
}
