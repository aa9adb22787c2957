/**
 * Machines by the words of kernels, compilers, Go, Debian and images. Some words differ in a letter and mean another machine
 * (`ppc64` is the big-endian one, `armv5` no `armv8`): whoever writes one of these has not mistyped another one.
 */
const machines = new Set(
  `alpha arc arceb arm64_32 arm64be arm64ec arm64ilp32 armbe armeb armv2 armv3 armv4 armv4t armv5 armv5l armv5t armv5te
armv5tel armv5tej armv5tejl armv6-m armv7-m armv7-r armv7b armv8-r armv8b arm/v4 arm/v5 arm32v5 aarch64_be aarch64_32
avr csky hexagon hppa hppa64 hurd-i386 ia64 k1om loong32 loongarch32 m32r m68k microblaze microblazeel mips mipseb mipsel
mipsle mips32 mips32r2 mips32r6 mips64 mips64el mips64le mips64r6 mips64r6el mipsr6 mipsr6el mipsn32 mipsn32el mips64p32
mips64p32le nios2 nios2eb openrisc or1k parisc parisc64 powerpc powerpc64 powerpcspe ppc ppc32 ppc64 ppcle pdp11
riscv32 riscv32gc riscv32i riscv32imac riscv32imc riscv128 rv32 rv128 s390 sh sh2 sh3 sh4 sh4eb sparc sparc32 sparc64
sparcv8 sparcv9 sun4u tilegx tilepro unicore32 vax wasm wasm32 wasm64 x32 x86_64h xtensa xtensaeb`.split(/\s+/),
)

/** Whether a word is known to mean a machine: where no column has it, none of them was meant. */
export function isMachine(word: string): boolean {
  return machines.has(word.toLowerCase().replace(/^linux\//, ''))
}
