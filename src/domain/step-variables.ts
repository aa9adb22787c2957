/** What a run tells the commands of a recipe: the same commands then build for every architecture, at home and elsewhere. */
export const stepVariables = {
  WORK: 'Folder in which every step begins',
  ARCHITECTURE: 'Id of the architecture: `arm64`',
  DEBIAN_PORT: 'What Debian calls it, where it has such a port: `arm64`, `armhf`',
  GNU_TRIPLET: 'What GNU calls it: `aarch64-linux-gnu`',
  CROSS_COMPILE:
    'What stands before the names of compiler and linker: `aarch64-linux-gnu-`; empty on a machine of that architecture',
  CC: 'The C compiler: `aarch64-linux-gnu-gcc`, or `gcc`',
  EMULATOR:
    'What stands before a program to run it: `qemu-aarch64 -L /usr/aarch64-linux-gnu`; empty on a machine of that architecture',
  QEMU_LD_PREFIX: 'Where an emulated program finds its libraries: `/usr/aarch64-linux-gnu`; only where it is emulated',
  JOBS: 'How many commands `make` may run at once',
} as const
export type StepVariable = keyof typeof stepVariables

export const stepVariableNames = Object.keys(stepVariables) as StepVariable[]
