/** What a command may know of the outside, handed in so that tests can bring their own. */
export interface World {
  environment: Readonly<Record<string, string | undefined>>
  /** Working directory: paths on the command line are read from it. */
  directory: string
  /** The generator's own folder. */
  home: string
  /** The instant at which the command was started, ISO, UTC. */
  now: string
  isTerminal: boolean
  /** Everything that stands on standard input, read when it is asked for. */
  standardInput(): Uint8Array
  /** Asks a person; missing where nobody sits at a terminal. */
  ask?: (question: string) => Promise<string>
  /** Writes the answer. */
  answer(text: string): void
  /** Writes everything else. */
  tell(text: string): void
}

/** A mistake in how the command was called, or something outside that is missing. */
export class CannotRun extends Error {}
