/** What a run tells the commands of a recipe, so that the same commands build for every architecture. */
export const stepVariables = {
  WORK: 'Folder in which every step begins',
  ARCHITECTURE: 'Id of the architecture here',
  DEBIAN_PORT: 'What Debian calls the architecture',
  GNU_TRIPLET: 'What GNU calls the architecture',
  CROSS_COMPILE: 'What stands before the names of compiler and linker; empty on a machine of that architecture',
  CC: 'The C compiler for the architecture',
  EMULATOR: 'What stands before a program to run it by emulation; empty on a machine of that architecture',
  QEMU_LD_PREFIX: 'Where an emulated program finds its libraries; only set where there is an emulator',
  JOBS: 'How many commands make may run at once',
} as const
export type StepVariable = keyof typeof stepVariables

export const stepVariableNames = Object.keys(stepVariables) as StepVariable[] // its keys are those of the table

/** The variables that some commands use. */
export function variablesIn(commands: string): StepVariable[] {
  return stepVariableNames.filter((name) => new RegExp(`\\$\\{?${name}\\b`).test(commands))
}
