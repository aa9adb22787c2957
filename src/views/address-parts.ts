/** An address in parts: where a line has to end inside it, it ends best between two of them. */
export function addressParts(address: string): string[] {
  return address.split(/(?<=[/.?&])(?![/.])/)
}
